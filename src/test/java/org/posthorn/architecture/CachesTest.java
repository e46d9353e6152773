package org.posthorn.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaFieldAccess;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.SessionScoped;
import java.lang.annotation.Annotation;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What a node keeps in memory is accounted for: how a change on another node reaches it is written down. */
class CachesTest {

    private static final List<Class<? extends Annotation>> SHARED = List.of(
            ApplicationScoped.class, SessionScoped.class, jakarta.ejb.Singleton.class, jakarta.inject.Singleton.class);

    private static boolean keeps(JavaField field) {
        boolean isFinal = field.getModifiers().contains(JavaModifier.FINAL);
        boolean holds = field.getRawType().isAssignableTo(Map.class)
                || field.getRawType().isAssignableTo(Collection.class)
                || field.getRawType().getPackageName().startsWith("java.util.concurrent.atomic");
        if (!isFinal && isSetLater(field)) {
            return true;
        }
        return isFinal && holds && !(field.getModifiers().contains(JavaModifier.STATIC) && isConstant(field));
    }

    /** Whether anything but a constructor, or the container, sets it. */
    private static boolean isSetLater(JavaField field) {
        return field.getAccessesToSelf().stream()
                .anyMatch(access -> access.getAccessType() == JavaFieldAccess.AccessType.SET
                        && !access.getOrigin().isConstructor()
                        && !access.getOrigin().getName().equals("<clinit>"));
    }

    /** Whether it is a table that nobody can write to. */
    private static boolean isConstant(JavaField field) {
        try {
            Field reflected = field.reflect();
            reflected.setAccessible(true);
            Object value = reflected.get(null);
            return value == null
                    || value.getClass()
                            .getName()
                            .matches("java\\.util\\.(ImmutableCollections|Collections\\$(Unm|Emp)).*");
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isShared(JavaClass one) {
        return SHARED.stream().anyMatch(one::isAnnotatedWith);
    }

    /** Whether it holds rows of something by a key, or one after the other; what a record holds is said when it is made. */
    private static boolean isTable(JavaField field) {
        return !field.getOwner().isRecord()
                && !field.getOwner().isEnum()
                && (field.getRawType().isAssignableTo(Map.class)
                        || field.getRawType().isAssignableTo(Collection.class));
    }

    /** The beans that all share, and what of ours they hold in their fields, and what that holds: it lives as long. */
    private static Set<JavaClass> longLived(Collection<JavaClass> all) {
        Set<JavaClass> found = new HashSet<>();
        Deque<JavaClass> open =
                new ArrayDeque<>(all.stream().filter(CachesTest::isShared).toList());
        while (!open.isEmpty()) {
            JavaClass one = open.pop();
            if (found.add(one)) {
                one.getFields().stream()
                        .flatMap(field -> field.getType().getAllInvolvedRawTypes().stream())
                        .filter(type -> type.getPackageName().startsWith("org.posthorn") && all.contains(type))
                        .forEach(open::push);
            }
        }
        return found;
    }

    @Test
    void everyBeanThatKeepsSomethingShouldBeInTheTable() throws Exception {
        String table = Files.readString(Path.of("docs/cluster-caches.md"));
        Collection<JavaClass> all = new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPath(Path.of("target/classes"))
                        .stream()
                        .filter(one -> !one.getPackageName().matches("org\\.posthorn\\.(cli|launch).*"))
                        .collect(Collectors.toSet());
        Set<JavaClass> longLived = longLived(all);
        Set<String> keeping = all.stream()
                .filter(one -> one.getFields().stream()
                        .anyMatch(field -> keeps(field)
                                && (isShared(one)
                                        || longLived.contains(one) && isTable(field)
                                        || field.getModifiers().contains(JavaModifier.STATIC))))
                .map(JavaClass::getSimpleName)
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(keeping).contains("SmarthostPool", "CompiledMessages", "Patterns", "Pulse");
        keeping.removeIf(name -> table.contains("`" + name + "`"));
        assertThat(keeping)
                .as("in no row of docs/cluster-caches.md: %s", String.join(" ", keeping))
                .isEmpty();
    }
}

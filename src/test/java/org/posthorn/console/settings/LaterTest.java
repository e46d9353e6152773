package org.posthorn.console.settings;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.posthorn.list.ConfigAttribute;
import org.posthorn.list.ConfigAttributes;
import org.posthorn.list.MailingList;

class LaterTest {

    /** Where attributes are kept and shown; what reads them anywhere else goes by them. */
    private static final Set<String> KEEPERS = Set.of(ConfigAttributes.class.getName(), MailingList.class.getName());

    /** Read by SQL, of all lists at once, or by another name than the attribute's. */
    private static final Set<String> READ_OTHERWISE =
            Set.of("max_days_to_hold", "regular_include_lists", "regular_exclude_lists");

    @Test
    void settingsThatNothingReadsShouldSayThatTheyHaveNoEffectYet() {
        List<JavaMethod> getters = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("org.posthorn").stream()
                        .filter(type -> type.getPackageName().startsWith("org.posthorn.list"))
                        .map(JavaClass::getMethods)
                        .flatMap(Set::stream)
                        .toList();

        Set<String> idle = new TreeSet<>();
        for (ConfigAttribute attribute : ConfigAttributes.all()) {
            List<JavaMethod> own = getters.stream()
                    .filter(getter -> getter.getName().equals("get" + camel(attribute.name()))
                            || getter.getName().equals("is" + camel(attribute.name())))
                    .toList();
            boolean read = own.stream()
                    .flatMap(getter -> getter.getAccessesToSelf().stream())
                    .map(access -> access.getOriginOwner())
                    .anyMatch(reader -> !KEEPERS.contains(reader.getName())
                            && own.stream()
                                    .noneMatch(getter -> getter.getOwner().equals(reader)));
            if (attribute.isWritable() && !read && !READ_OTHERWISE.contains(attribute.name())) {
                idle.add(attribute.name());
            }
        }

        assertThat(Later.ATTRIBUTES).containsExactlyInAnyOrderElementsOf(idle);
    }

    private static String camel(String name) {
        return Arrays.stream(name.split("_"))
                .map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
                .collect(Collectors.joining());
    }
}

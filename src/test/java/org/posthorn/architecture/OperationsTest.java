package org.posthorn.architecture;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.transaction.Transactional;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.posthorn.platform.actor.Needs;
import org.posthorn.platform.actor.OfList;

/** Holds that what pages and REST can set off says which right it takes. */
class OperationsTest {

    /** Operations that pages or REST call and that take no right, with the reason. */
    private static final Map<String, String> OPEN = Map.ofEntries(
            // These ask by themselves: which right it takes depends on what is asked for.
            entry("Appointments.appoint", "CHANGE_LIST or CHANGE_MEMBERS, by the role"),
            entry("Appointments.dismiss", "CHANGE_LIST or CHANGE_MEMBERS, by the role"),
            entry("Confirmation.look", "whoever holds the secret that was mailed"),
            entry("Confirmation.confirm", "whoever holds the secret that was mailed"),
            entry("Bans.ban", "CHANGE_LIST, or CHANGE_DOMAINS for the site"),
            entry("Bans.lift", "CHANGE_LIST, or CHANGE_DOMAINS for the site"),
            entry("TemplateTexts.change", "CHANGE_LIST, or CHANGE_DOMAINS for domain and site"),
            entry("TemplateTexts.reset", "CHANGE_LIST, or CHANGE_DOMAINS for domain and site"),
            entry("TemplateTexts.put", "CHANGE_LIST, or CHANGE_DOMAINS for domain and site"),
            entry("TemplateTexts.delete", "CHANGE_LIST, or CHANGE_DOMAINS for domain and site"),
            entry("TemplateTexts.of", "CHANGE_LIST, or SEE_SITE for domain and site"),
            entry("TemplateTexts.find", "CHANGE_LIST, or SEE_SITE for domain and site"),
            entry("TemplatePreview.of", "CHANGE_LIST, or SEE_SITE for domain and site"),
            entry("TemplatePreview.counting", "CHANGE_LIST, or SEE_SITE for domain and site"),
            entry("TemplatePreview.builtIn", "CHANGE_LIST, or SEE_SITE for domain and site"),
            entry("TemplateUris.put", "CHANGE_LIST, or CHANGE_DOMAINS for domain and site"),
            entry("TemplateUris.change", "CHANGE_LIST, or CHANGE_DOMAINS for domain and site"),
            entry("TemplateUris.delete", "CHANGE_LIST, or CHANGE_DOMAINS for domain and site"),
            entry("TemplateUris.findToChange", "CHANGE_LIST, or CHANGE_DOMAINS for domain and site"),
            entry("TemplateUris.of", "CHANGE_LIST, or SEE_SITE for domain and site"),
            entry("TemplateUris.find", "CHANGE_LIST, or SEE_SITE for domain and site"));

    private static JavaClasses posthorn;

    @BeforeAll
    static void readClasses() {
        posthorn = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("org.posthorn");
    }

    @Test
    void everyTransactionThatAPageOrRestBeginsShouldSayWhichRightItTakes() {
        Set<String> unguarded = operations().stream()
                .filter(method -> !method.isAnnotatedWith(Needs.class)
                        && !method.getOwner().isAnnotatedWith(Needs.class))
                .map(OperationsTest::name)
                .filter(name -> !OPEN.containsKey(name))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(unguarded).isEmpty();
    }

    @Test
    void everyRightForOneListShouldSayWhichList() {
        Set<String> vague = posthorn.stream()
                .flatMap(type -> type.getMethods().stream())
                .filter(method -> method.isAnnotatedWith(Needs.class)
                        && method.getAnnotationOfType(Needs.class).value().isOfList())
                .filter(method -> method.getParameters().stream().noneMatch(each -> each.isAnnotatedWith(OfList.class)))
                .map(OperationsTest::name)
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(vague).isEmpty();
    }

    @Test
    void whatIsOpenShouldStillBeThere() {
        assertThat(operations().stream().map(OperationsTest::name).collect(Collectors.toSet()))
                .containsAll(OPEN.keySet());
    }

    /** Methods that begin a transaction of their own when a page or a resource calls them. */
    private static Set<JavaMethod> operations() {
        return posthorn.stream()
                .filter(OperationsTest::isEdge)
                .flatMap(type -> type.getMethodCallsFromSelf().stream())
                .map(JavaMethodCall::getTarget)
                .flatMap(target -> target.resolveMember().stream())
                .filter(method -> !isEdge(method.getOwner()))
                .filter(method -> method.isAnnotatedWith(Transactional.class)
                        || method.getOwner().isAnnotatedWith(Transactional.class))
                .collect(Collectors.toSet());
    }

    private static boolean isEdge(JavaClass type) {
        return type.getPackageName().startsWith("org.posthorn.api")
                || type.getPackageName().startsWith("org.posthorn.console");
    }

    private static String name(JavaMethod method) {
        return method.getOwner().getSimpleName() + "." + method.getName();
    }
}

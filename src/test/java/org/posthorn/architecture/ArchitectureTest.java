package org.posthorn.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import jakarta.ejb.Schedule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.posthorn.platform.TimerTurn;

/** Holds the package table: packages follow a message's way, and stages speak only through queues. */
class ArchitectureTest {

    private static final Set<String> STAGE = Set.of("template", "queue", "list", "mail", "platform");
    private static final Set<String> EVERYTHING = Set.of(
            "platform",
            "mail",
            "list",
            "queue",
            "template",
            "ingress",
            "moderation",
            "pipeline",
            "delivery",
            "bounce",
            "digest",
            "archive",
            "command",
            "privacy",
            "simulator");

    /** Each top-level package and what it may use besides itself. */
    private static final Map<String, Set<String>> TABLE = Map.ofEntries(
            entry("platform", Set.of()),
            entry("mail", Set.of("platform")),
            entry("list", Set.of("mail", "platform")),
            entry("queue", Set.of("mail", "platform")),
            entry("template", Set.of("queue", "list", "mail", "platform")),
            entry("ingress", Set.of("queue", "list", "mail", "platform")),
            entry("moderation", STAGE),
            entry("pipeline", STAGE),
            entry("delivery", STAGE),
            entry("bounce", STAGE),
            entry("digest", Set.of("pipeline", "template", "queue", "list", "mail", "platform")), // writes as it cooks
            entry("archive", STAGE),
            entry("command", Set.of("moderation", "template", "queue", "list", "mail", "platform")),
            entry("privacy", Set.of("moderation", "queue", "list", "mail", "platform")),
            entry("simulator", Set.of("moderation", "pipeline", "template", "queue", "list", "mail", "platform")),
            entry("console", EVERYTHING),
            entry("api", EVERYTHING),
            entry("node", EVERYTHING), // starts and stops all of them in order
            entry("cli", Set.of("delivery", "mail", "platform")), // runs beside the server and speaks REST
            entry("launch", Set.of("platform")));

    private static JavaClasses posthorn;

    @BeforeAll
    static void readClasses() {
        // The rules ask of others' classes no more than their names: to read those, too, would take the most of the
        // time.
        ArchConfiguration.withThreadLocalScope(configuration -> {
            configuration.setResolveMissingDependenciesFromClassPath(false);
            posthorn = new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("org.posthorn");
        });
    }

    static Collection<String> packages() {
        return new TreeSet<>(TABLE.keySet());
    }

    @Test
    void everyTopLevelPackageShouldHaveARow() {
        Set<String> topLevel = posthorn.stream()
                .map(JavaClass::getPackageName)
                .map(name -> name.equals("org.posthorn") ? "" : name.split("\\.")[2])
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(TABLE.keySet()).containsAll(topLevel);
        assertThat(topLevel).contains("platform", "mail", "list", "queue", "launch");
    }

    @ParameterizedTest
    @MethodSource("packages")
    void packageShouldUseOnlyWhatItsRowAllows(String name) {
        String[] forbidden = TABLE.keySet().stream()
                .filter(other -> !other.equals(name) && !TABLE.get(name).contains(other))
                .map(other -> "org.posthorn." + other + "..")
                .toArray(String[]::new);

        noClasses()
                .that(resideInAPackage("org.posthorn." + name + ".."))
                .should()
                .dependOnClassesThat(resideInAnyPackage(forbidden))
                .allowEmptyShould(true)
                .check(posthorn);
    }

    @Test
    void topLevelPackagesShouldHaveNoCycles() {
        slices().matching("org.posthorn.(*)..").should().beFreeOfCycles().check(posthorn);
    }

    /** Its test copies go by the transport that the server uses; all else of delivery is the server's. */
    @Test
    void commandsShouldUseNothingOfDeliveryButTheTransport() {
        noClasses()
                .that(resideInAPackage("org.posthorn.cli.."))
                .should()
                .dependOnClassesThat(resideInAPackage("org.posthorn.delivery..")
                        .and(DescribedPredicate.not(resideInAPackage("org.posthorn.delivery.smtp.."))))
                .check(posthorn);
    }

    @Test
    void launcherShouldUseNothingOfPosthornButTheSettings() {
        noClasses()
                .that(resideInAPackage("org.posthorn.launch.."))
                .should()
                .dependOnClassesThat(resideInAPackage("org.posthorn..")
                        .and(DescribedPredicate.not(
                                resideInAnyPackage("org.posthorn.launch..", "org.posthorn.platform.settings.."))))
                .check(posthorn);
    }

    static Stream<Map.Entry<String, String[]>> homes() {
        return Stream.of(
                entry("jakarta.faces..", new String[] {"org.posthorn.console.."}),
                entry("jakarta.ws.rs..", new String[] {"org.posthorn.api.."}),
                entry("com.hazelcast..", new String[] {"org.posthorn.platform.grid.."}),
                entry("jakarta.batch..", new String[] {"org.posthorn.queue.runner..", "org.posthorn.delivery.."}));
    }

    @ParameterizedTest
    @MethodSource("homes")
    void frameworkShouldStayWhereItBelongs(Map.Entry<String, String[]> home) {
        noClasses()
                .that(DescribedPredicate.not(resideInAnyPackage(home.getValue())))
                .should()
                .dependOnClassesThat(resideInAPackage(home.getKey()))
                .check(posthorn);
    }

    @Test
    void onlyRepositoriesShouldUseTheEntityManager() {
        noClasses()
                .that()
                .haveSimpleNameNotEndingWith("Repository")
                .and(DescribedPredicate.not(belongToAnyRepository()))
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("jakarta.persistence.EntityManager")
                .check(posthorn);
    }

    /** Pages is the part that the repositories of org.posthorn.list share: how a page of results is read. */
    private static DescribedPredicate<JavaClass> belongToAnyRepository() {
        return DescribedPredicate.describe(
                "are the repositories' shared parts", type -> type.getName().equals("org.posthorn.list.Pages"));
    }

    @Test
    void timeShouldComeFromAClock() {
        noClasses().should().accessTargetWhere(readsTheSystemClock()).check(posthorn);
    }

    @Test
    void systemClockShouldBeMadeInThePlatformAndOutsideTheContainerOnly() {
        noClasses()
                .that(DescribedPredicate.not(
                        resideInAnyPackage("org.posthorn.platform", "org.posthorn.launch..", "org.posthorn.cli..")))
                .should()
                .accessTargetWhere(DescribedPredicate.describe(
                        "make a system clock",
                        access -> access.getTargetOwner().isEquivalentTo(Clock.class)
                                && access.getName().matches("system.*|tick.*")))
                .check(posthorn);
    }

    private static DescribedPredicate<JavaAccess<?>> readsTheSystemClock() {
        return DescribedPredicate.describe("read the system clock (System.nanoTime() is for durations)", access -> {
            String owner = access.getTargetOwner().getName();
            boolean withoutClock = access.getTarget().getFullName().endsWith("()");
            return owner.startsWith("java.time.") && access.getName().equals("now") && withoutClock
                    || owner.equals("java.lang.System") && access.getName().equals("currentTimeMillis")
                    || Set.of("java.util.Date", "java.util.GregorianCalendar").contains(owner)
                            && access.getName().equals("<init>")
                            && withoutClock
                    || owner.equals("java.util.Calendar") && access.getName().equals("getInstance");
        });
    }

    @Test
    void namesShouldNotSayWhatTheyAreMadeOf() {
        classes()
                .should()
                .haveNameNotMatching(".*(Impl|Manager|Helper|Util|Utils|Dto|DTO)")
                .check(posthorn);
    }

    @Test
    void everyPackageShouldSayItsPartInTheJourney() {
        Set<String> without = posthorn.stream()
                .map(JavaClass::getPackageName)
                .filter(name -> !Files.exists(Path.of("src/main/java", name.replace('.', '/'), "package-info.java")))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(without).as("packages without a package-info.java").isEmpty();
    }

    @Test
    void noTimerLetsTheContainerSeeAFailureSinceItWouldRemoveTheTimer() {
        methods()
                .that()
                .areAnnotatedWith(Schedule.class)
                .should(new ArchCondition<>("do their work through TimerTurn.run") {
                    @Override
                    public void check(JavaMethod method, ConditionEvents events) {
                        boolean guarded = method.getMethodCallsFromSelf().stream()
                                .anyMatch(call -> call.getTargetOwner().isEquivalentTo(TimerTurn.class));
                        events.add(new SimpleConditionEvent(method, guarded, method.getFullName()));
                    }
                })
                .check(posthorn);
    }
}

package org.posthorn.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;

import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import jakarta.ejb.Singleton;
import org.junit.jupiter.api.Test;

/**
 * What one class asks of an EJB is public. The container refuses anything else, and only when it is called: a timer then
 * does nothing, and says so in the log.
 */
class EjbViewTest {

    private static final ArchCondition<JavaMethod> BE_PUBLIC_WHERE_OTHERS_CALL_IT =
            new ArchCondition<>("be public where other classes call it") {
                @Override
                public void check(JavaMethod method, ConditionEvents events) {
                    boolean asked = method.getCallsOfSelf().stream()
                            .anyMatch(call -> !call.getOriginOwner().equals(method.getOwner()));
                    events.add(new SimpleConditionEvent(
                            method,
                            !asked || method.getModifiers().contains(JavaModifier.PUBLIC),
                            method.getFullName()));
                }
            };

    @Test
    void whatOthersAskOfAnEjbShouldBePublic() {
        methods()
                .that()
                .areDeclaredInClassesThat()
                .areAnnotatedWith(Singleton.class)
                .and()
                .areNotStatic()
                .should(BE_PUBLIC_WHERE_OTHERS_CALL_IT)
                .check(new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages("org.posthorn"));
    }
}

package org.posthorn.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.ejb.Singleton;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the container refuses at run time only. */
class BeanCallsTest {

    private static boolean isRefused(JavaMethod method) {
        return !method.getModifiers().contains(JavaModifier.PUBLIC)
                && !method.getModifiers().contains(JavaModifier.STATIC)
                && method.getCallsOfSelf().stream()
                        .anyMatch(call -> !call.getOriginOwner().equals(method.getOwner()));
    }

    /** "Illegal non-business method access on no-interface view": a neighbour in the package may not call it either. */
    @Test
    void enterpriseBeansShouldBeCalledByTheirPublicMethodsOnly() {
        JavaClasses posthorn = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("org.posthorn");

        List<String> beans = posthorn.stream()
                .filter(type -> type.isAnnotatedWith(Singleton.class))
                .map(type -> type.getSimpleName())
                .toList();
        List<String> refused = posthorn.stream()
                .filter(type -> type.isAnnotatedWith(Singleton.class))
                .flatMap(type -> type.getMethods().stream())
                .filter(BeanCallsTest::isRefused)
                .map(JavaMethod::getFullName)
                .toList();

        assertThat(beans).contains("NodeLife", "CleanUp");
        assertThat(refused).isEmpty();
    }
}

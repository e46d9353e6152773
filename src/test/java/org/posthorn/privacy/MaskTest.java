package org.posthorn.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaskTest {

    private final Mask mask = new Mask(List.of("ann@example.com", "a.b+c@example.net"), "x@erased.invalid");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ann@example.com                    | x@erased.invalid",
                "550 5.1.1 <Ann@Example.COM>: no    | 550 5.1.1 <x@erased.invalid>: no",
                "to ann@example.com.                | to x@erased.invalid.",
                "[\"a.b+c@example.net\"]            | [\"x@erased.invalid\"]",
                "test-bounces+ann=example.com@l.org | test-bounces+x=erased.invalid@l.org",
                "ann@example.com,ann@example.com    | x@erased.invalid,x@erased.invalid",
                "sender=ann@example.com subject=x   | sender=x@erased.invalid subject=x",
                "mailto:ann@example.com?subject=a   | mailto:x@erased.invalid?subject=a",
                "joann@example.com                  | joann@example.com",
                "ann@example.com.au                 | ann@example.com.au",
                "b.ann@example.com                  | b.ann@example.com",
                "annXexample.com                    | annXexample.com",
                "l-bounces+joann=example.com@l.org  | l-bounces+joann=example.com@l.org",
            })
    void onlyTheWholeAddressShouldBeReplaced(String text, String masked) {
        assertThat(mask.of(text)).isEqualTo(masked);
    }
}

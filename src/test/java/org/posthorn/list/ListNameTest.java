package org.posthorn.list;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListNameTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "test@example.org",
                "a@b",
                "x1@lists.example.org",
                "with-hyphen_and.dot@example.org",
                "owner@example.org",
                "bounces@example.org",
                "a-bouncesx@example.org",
                "site-talk@example.org"
            })
    void ordinaryNamesShouldBeTaken(String name) {
        assertThat(ListName.parse(name)).hasToString(name);
    }

    @Test
    void aNameShouldBeInLowerCase() {
        assertThat(ListName.parse("Test@Lists.Example.ORG")).isEqualTo(new ListName("test", "lists.example.org"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x'; DROP TABLE lists;--@lists.example.org",
                "\"a'b\"@lists.example.org",
                "../../etc/passwd@lists.example.org",
                "a b@lists.example.org",
                "<script>@lists.example.org",
                "a\0b@lists.example.org",
                "a\r\nb@lists.example.org",
                "@lists.example.org",
                "a@",
                "",
                "a@b@c",
                "not an address",
                "test@nosuch domain",
                "-a@example.org",
                ".a@example.org",
                "a.@example.org",
                "a..b@example.org",
                "a+b@example.org",
                "ä@example.org",
                "Site@example.org",
                "test-bounces@example.org",
                "test-owner@example.org",
                "test-request@example.org",
                "test-join@example.org",
                "test-subscribe@example.org",
                "test-leave@example.org",
                "test-unsubscribe@example.org",
                "test-confirm@example.org",
                "TEST-ADMIN@example.org"
            })
    void namesThatCannotBeAListsShouldBeRefused(String name) {
        assertThatThrownBy(() -> ListName.parse(name))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageStartingWith("fqdn_listname cannot be");
    }

    @Test
    void tooLongANameShouldBeRefusedWithAShortMessage() {
        assertThatThrownBy(() -> ListName.parse("x".repeat(100_000) + "@lists.example.org"))
                .isInstanceOf(InvalidValueException.class)
                .message()
                .hasSizeLessThan(300)
                .contains("at most 50 characters");
        assertThatThrownBy(() -> ListName.parse(null)).isInstanceOf(InvalidValueException.class);
    }
}

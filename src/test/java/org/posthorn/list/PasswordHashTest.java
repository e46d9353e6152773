package org.posthorn.list;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import org.junit.jupiter.api.Test;

class PasswordHashTest {

    private static final String PASSWORD = "a good password";

    private final PasswordHash quick = new PasswordHash(10);

    /** As the OWASP's cheat sheet has it for SHA-512; each other test may take fewer. */
    @Test
    void hashOfTheProductShouldTakeTwoHundredAndTenThousandIterations() {
        PasswordHash product = new PasswordHash();
        String hash = product.of(PASSWORD);

        String[] parts = hash.split(":");
        assertThat(parts).hasSize(4);
        assertThat(parts[0]).isEqualTo("PBKDF2WithHmacSHA512");
        assertThat(parts[1]).isEqualTo("210000");
        assertThat(Base64.getDecoder().decode(parts[2])).hasSize(32);
        assertThat(Base64.getDecoder().decode(parts[3])).hasSize(64);
        assertThat(product.matches(PASSWORD, hash)).isTrue();
        assertThat(product.matches(PASSWORD + "!", hash)).isFalse();
    }

    @Test
    void hashShouldBeCheckedByTheIterationsThatItNames() {
        assertThat(new PasswordHash(20).matches(PASSWORD, quick.of(PASSWORD))).isTrue();
    }

    @Test
    void samePasswordShouldHaveAnotherHashEachTime() {
        assertThat(quick.of(PASSWORD)).isNotEqualTo(quick.of(PASSWORD));
    }

    @Test
    void nobodysPasswordShouldMatchNothing() {
        assertThat(quick.matches(PASSWORD, null)).isFalse();
        assertThat(quick.matches("nobody's password", null)).isFalse();
        assertThat(quick.matches(null, quick.of(PASSWORD))).isFalse();
    }

    @Test
    void lengthShouldBeBounded() {
        assertThatThrownBy(() -> quick.of("seven77")).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> quick.of("x".repeat(201))).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> quick.of(null)).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> quick.ofGiven("")).isInstanceOf(InvalidValueException.class);
        assertThat(quick.matches("x", quick.ofGiven("x"))).isTrue();
    }

    @Test
    void hashOfAnotherFormShouldBeAFault() {
        assertThatThrownBy(() -> quick.matches(PASSWORD, "plain")).isInstanceOf(IllegalStateException.class);
    }
}

package org.posthorn.api.wire;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.OptimisticLockException;
import jakarta.transaction.SystemException;
import java.io.IOException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.posthorn.list.DuplicateException;
import org.posthorn.list.InvalidValueException;
import org.posthorn.list.UnknownException;
import org.posthorn.platform.DatabaseException;

class ErrorsTest {

    @Test
    void expectedErrorsShouldHaveTheirStatusHoweverTheContainerWrapsThem() {
        assertThat(status(new Refusal(418, "x"))).isEqualTo(418);
        assertThat(status(new RuntimeException(new RuntimeException(new InvalidValueException("a", "b", "c")))))
                .isEqualTo(400);
        assertThat(status(new UnknownException("list", "x"))).isEqualTo(404);
        assertThat(status(new DuplicateException("list", "x"))).isEqualTo(409);
        assertThat(status(new IllegalStateException(new OptimisticLockException())))
                .isEqualTo(409);
        assertThat(status(new IOException("cut off"))).isEqualTo(400);
    }

    @Test
    void databaseThatLeavesInTheMidstShouldBeATimeToTryAgain() {
        Throwable gone =
                new RuntimeException(new DatabaseException(new SQLException("terminating connection", "57P01")));
        Throwable uncommitted = new RuntimeException(new SystemException("commit failed"));
        Throwable wrong = new DatabaseException(new SQLException("no such column", "42703"));

        assertThat(status(gone)).isEqualTo(503);
        assertThat(status(uncommitted)).isEqualTo(503);
        assertThat(status(wrong)).isEqualTo(500);
    }

    @Test
    void unexpectedErrorShouldSayNothingOfItself() {
        Problem problem = Errors.problem(new IllegalStateException("select secret from subscriber"));

        assertThat(problem.status()).isEqualTo(500);
        assertThat(problem.asMailman().toString()).doesNotContain("secret").doesNotContain("Exception");
        assertThat(problem.asProblem().getInt("status")).isEqualTo(500);
    }

    @Test
    void causeThatIsItsOwnShouldNotHoldTheAnswerUp() {
        Exception first = new RuntimeException("first");
        Exception second = new RuntimeException("second", first);
        first.initCause(second);

        assertThat(status(first)).isEqualTo(500);
    }

    private static int status(Throwable error) {
        return Errors.problem(error).status();
    }
}

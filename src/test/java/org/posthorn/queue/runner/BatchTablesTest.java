package org.posthorn.queue.runner;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.batch.operations.JobOperator;
import jakarta.batch.operations.NoSuchJobExecutionException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import org.junit.jupiter.api.Test;

class BatchTablesTest {

    private static JobOperator operator(InvocationHandler answer) {
        return (JobOperator) Proxy.newProxyInstance(
                BatchTablesTest.class.getClassLoader(), new Class<?>[] {JobOperator.class}, answer);
    }

    @Test
    void aRepositoryThatKnowsOfNoSuchExecutionIsOne() {
        JobOperator whole = operator((proxy, method, arguments) -> {
            throw new NoSuchJobExecutionException("-1");
        });
        assertThatCode(() -> BatchTables.requireRepository(whole)).doesNotThrowAnyException();
    }

    /** What the container gives a process whose database was away when the batch runtime began. */
    @Test
    void aRepositoryThatKeepsNothingIsNone() {
        assertThatThrownBy(() -> BatchTables.requireRepository(operator((proxy, method, arguments) -> null)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("execution -1 is null");
    }
}

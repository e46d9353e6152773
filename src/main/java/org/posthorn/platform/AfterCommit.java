package org.posthorn.platform;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/** Runs something once the caller's transaction is committed; never when it is rolled back. */
@ApplicationScoped
public class AfterCommit {

    @Resource(lookup = "java:comp/TransactionSynchronizationRegistry")
    private TransactionSynchronizationRegistry registry;

    private static volatile TransactionSynchronizationRegistry found;

    /** {@link #run} for whoever is no bean. */
    public static void later(Runnable action) {
        TransactionSynchronizationRegistry present = found;
        if (present == null) {
            try {
                present = InitialContext.doLookup("java:comp/TransactionSynchronizationRegistry");
                found = present;
            } catch (NamingException e) {
                action.run(); // there is no container, and so no transaction of its
                return;
            }
        }
        run(present, action);
    }

    /** @param action short, in memory, without a transaction of its own; outside of a transaction it runs at once */
    public void run(Runnable action) {
        run(registry, action);
    }

    private static void run(TransactionSynchronizationRegistry registry, Runnable action) {
        if (registry == null || registry.getTransactionStatus() == Status.STATUS_NO_TRANSACTION) {
            action.run();
            return;
        }
        registry.registerInterposedSynchronization(new Synchronization() {
            @Override
            public void beforeCompletion() {
                // nothing to do before
            }

            @Override
            public void afterCompletion(int status) {
                if (status == Status.STATUS_COMMITTED) {
                    action.run();
                }
            }
        });
    }
}

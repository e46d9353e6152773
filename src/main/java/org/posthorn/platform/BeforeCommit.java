package org.posthorn.platform;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Puts statements that lock rows which many transactions want at the end of the caller's transaction, ordered by the row:
 * they wait for each other as briefly as can be, and never in a circle.
 */
@ApplicationScoped
public class BeforeCommit {

    private static final String KEY = BeforeCommit.class.getName();

    @Resource(lookup = "java:comp/TransactionSynchronizationRegistry")
    private TransactionSynchronizationRegistry registry;

    /**
     * @param row the locked row's id
     * @param action within the caller's transaction; when it throws, the transaction is rolled back. Outside of a
     *     transaction it runs at once
     */
    public void run(long row, Runnable action) {
        if (registry == null || registry.getTransactionStatus() == Status.STATUS_NO_TRANSACTION) {
            action.run();
            return;
        }
        actions().computeIfAbsent(row, any -> new ArrayList<>()).add(action);
    }

    @SuppressWarnings("unchecked")
    private SortedMap<Long, List<Runnable>> actions() {
        SortedMap<Long, List<Runnable>> actions = (SortedMap<Long, List<Runnable>>) registry.getResource(KEY);
        if (actions == null) {
            SortedMap<Long, List<Runnable>> fresh = new TreeMap<>();
            registry.putResource(KEY, fresh);
            registry.registerInterposedSynchronization(new Synchronization() {
                @Override
                public void beforeCompletion() {
                    fresh.values().forEach(ofRow -> ofRow.forEach(Runnable::run));
                }

                @Override
                public void afterCompletion(int status) {
                    // nothing to do after
                }
            });
            return fresh;
        }
        return actions;
    }
}

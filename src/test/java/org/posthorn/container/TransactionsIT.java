package org.posthorn.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.annotation.Resource;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.posthorn.list.Domain;
import org.posthorn.platform.Sql;
import org.posthorn.platform.actor.Acting;
import org.posthorn.platform.actor.Actor;

/** A transaction is all or nothing on whichever of the server's threads it runs: a request's, a runner's, a timer's. */
@ExtendWith(ArquillianExtension.class)
class TransactionsIT {

    @Inject
    private Work work;

    @Inject
    private Ejb ejb;

    @Resource(lookup = "java:comp/DefaultManagedThreadFactory")
    private ManagedThreadFactory threads;

    @Deployment
    static WebArchive deployment() {
        return Deployments.posthorn();
    }

    /** What runs in the transaction. */
    @FunctionalInterface
    private interface Where {
        void run(Runnable work) throws Exception;
    }

    /** A request's thread. */
    @Test
    void failureShouldLeaveNothingBehindOnARequestsThread() throws Exception {
        shouldBeAllOrNothing(Runnable::run);
    }

    @Test
    void failureShouldLeaveNothingBehindOnAManagedThread() throws Exception {
        shouldBeAllOrNothing(this::onManagedThread);
    }

    @Test
    void failureShouldLeaveNothingBehindOnAManagedThreadThatABeanOfTheServerStarted() throws Exception {
        shouldBeAllOrNothing(work -> ejb.run(() -> onManagedThread(work)));
    }

    @Test
    void failureShouldLeaveNothingBehindWithinAnEjb() throws Exception {
        shouldBeAllOrNothing(work -> ejb.run(work::run));
    }

    private void shouldBeAllOrNothing(Where where) throws Exception {
        try (Acting.Bound server = Acting.as(Actor.SYSTEM)) {
            failingShouldLeaveNothing(where, name -> work.writeAndFail(name));
            failingShouldLeaveNothing(where, name -> work.joinAndFail(name));
            failingShouldLeaveNothing(where, name -> work.failAtTheCommit(name));
            failingShouldLeaveNothing(where, name -> work.writeAroundAnotherAndFail(name, name + "-kept"));

            String name = aName();
            where.run(() -> work.writeAroundAnother(name, name + "-kept"));
            assertThat(work.rows(name)).isEqualTo(2);
            assertThat(work.rows(name + "-kept")).isEqualTo(2);
        }
    }

    private interface Named {
        void run(String name);
    }

    private void failingShouldLeaveNothing(Where where, Named failing) {
        String name = aName();
        assertThatThrownBy(() -> where.run(() -> failing.run(name))).isInstanceOf(Exception.class);
        assertThat(work.rows(name)).isZero();
    }

    private static String aName() {
        return "t" + UUID.randomUUID().toString().replace("-", "");
    }

    private void onManagedThread(Runnable work) throws Exception {
        FutureTask<Void> task = new FutureTask<>(
                () -> {
                    try (Acting.Bound server = Acting.as(Actor.SYSTEM)) {
                        work.run();
                    }
                },
                null);
        threads.newThread(task).start();
        try {
            task.get(60, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    /** Writes a row by SQL and one by JPA. */
    @ApplicationScoped
    public static class Work {

        @PersistenceContext(unitName = "posthorn")
        private EntityManager em;

        @Inject
        private Sql sql;

        @Inject
        private Other other;

        void write(String name) {
            sql.update("insert into site_task (name, due_at, epoch) values (?, current_timestamp, 0)", name);
            em.persist(new Domain(name + ".example"));
            em.flush();
        }

        @Transactional(Transactional.TxType.REQUIRES_NEW)
        public void writeAndFail(String name) {
            write(name);
            throw new IllegalStateException("on purpose");
        }

        @Transactional
        public void joinAndFail(String name) {
            other.join(name);
            throw new IllegalStateException("on purpose");
        }

        /** By SQL first, then two of the same name, which the database refuses. */
        @Transactional
        public void failAtTheCommit(String name) {
            sql.update("insert into site_task (name, due_at, epoch) values (?, current_timestamp, 0)", name);
            em.persist(new Domain("x" + name + ".example"));
            em.persist(new Domain(name + ".example"));
            em.persist(new Domain(name + ".example"));
        }

        @Transactional
        public void writeAroundAnotherAndFail(String name, String kept) {
            sql.update("insert into site_task (name, due_at, epoch) values (?, current_timestamp, 0)", name);
            other.apart(kept);
            em.persist(new Domain(name + ".example"));
            em.flush();
            throw new IllegalStateException("on purpose");
        }

        @Transactional
        public void writeAroundAnother(String name, String kept) {
            sql.update("insert into site_task (name, due_at, epoch) values (?, current_timestamp, 0)", name);
            other.apart(kept);
            em.persist(new Domain(name + ".example"));
        }

        /** @return how many rows of this name there are, by SQL and by JPA */
        public int rows(String name) {
            return sql.list("select 1 from site_task where name = ?", row -> 1, name)
                            .size()
                    + sql.list(
                                    "select 1 from domain where mail_host in (?, ?)",
                                    row -> 1,
                                    name + ".example",
                                    "x" + name + ".example")
                            .size();
        }
    }

    /** Another bean, so that calls of it are intercepted. */
    @ApplicationScoped
    public static class Other {

        @Inject
        private Work work;

        @Transactional
        public void join(String name) {
            work.write(name);
        }

        @Transactional(Transactional.TxType.REQUIRES_NEW)
        public void apart(String name) {
            work.write(name);
        }
    }

    /** Does what the server's timers do. */
    @Singleton
    @TransactionManagement(TransactionManagementType.BEAN)
    public static class Ejb {

        /** Work that may fail. */
        public interface Failing {
            void run() throws Exception;
        }

        public void run(Failing work) throws Exception {
            try (Acting.Bound server = Acting.as(Actor.SYSTEM)) {
                work.run();
            }
        }
    }
}

package org.posthorn.list;

import jakarta.persistence.EntityManager;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.posthorn.list.access.RoleRights;
import org.posthorn.list.subscription.Confirmation;
import org.posthorn.list.subscription.ExpiredRequests;
import org.posthorn.list.subscription.Joining;
import org.posthorn.list.subscription.Leaving;
import org.posthorn.list.subscription.PendingRequests;
import org.posthorn.list.subscription.RequestDecisions;
import org.posthorn.list.subscription.SubscriptionEvent;
import org.posthorn.list.subscription.Workflow;
import org.posthorn.platform.actor.Rights;
import org.posthorn.platform.audit.AuditLog;
import org.posthorn.platform.audit.AuditedEntities;
import org.posthorn.testing.SettableClock;
import org.posthorn.testing.TestDatabase;

/**
 * Repositories and operations of this package over a test database, outside of a container. Plain SQL works on the entity
 * manager's own connection within {@link #inTransaction}, as it does with JTA.
 */
public final class ListsOnDatabase implements AutoCloseable {

    public static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678901Z");

    public final TestDatabase database;
    public final SettableClock clock = new SettableClock(NOW);
    private final PooledUnit unit;
    public final EntityManager em;
    public final ListRepository lists;
    public final DomainRepository domains;
    public final SubscriberRepository subscribers;
    public final AddressRepository addresses;
    public final MemberRepository members;
    public final BanRepository bans;
    public final HeaderMatches headerMatches;
    public final HeaderMatchRepository headerMatchRows;
    public final PasswordHash passwords;
    public final ListCounters counters;
    public final Roster roster;
    public final Lists listOperations;
    public final ListRenaming renaming;
    public final Domains domainOperations;
    public final Users users;
    public final UserAddresses userAddresses;
    public final Memberships memberships;
    public final Bans banOperations;
    public final Subscriptions subscriptions;
    public final FirstStart firstStart;
    public final Topics topics;
    public final MemberImport memberImport;
    public final PendingRequests pendingRequests;
    public final Joining joining;
    public final Leaving leaving;
    public final RequestDecisions requestDecisions;
    public final Confirmation confirmation;
    public final ExpiredRequests expiredRequests;

    /** Whom imports have had welcomed. */
    public final List<MembersImported> membersImported = new ArrayList<>();

    /** What happened to those who join and leave. */
    public final List<SubscriptionEvent> subscriptionEvents = new ArrayList<>();

    public final AuditLog audit;

    /** Observes deletions, as beans of other packages do in the container. */
    public Consumer<ListBeingDeleted> onDeletion = event -> {};

    public ListsOnDatabase(TestDatabase database) {
        this.database = database;
        this.unit = PooledUnit.of(database);
        this.em = unit.factory().createEntityManager();
        audit = new AuditLog(database.sql(), database.ids(), clock);
        new AuditedEntities(audit).watch(unit.factory());
        passwords = new PasswordHash(10);
        lists = new ListRepository(em);
        domains = new DomainRepository(em);
        subscribers = new SubscriberRepository(em);
        addresses = new AddressRepository(em);
        members = new MemberRepository(em);
        bans = new BanRepository(em);
        headerMatchRows = new HeaderMatchRepository(em);
        headerMatches = new HeaderMatches(headerMatchRows);
        counters = new ListCounters(database.sql());
        roster = new Roster(database.sql(), database.dialect());
        ListRemoval removal = new ListRemoval(lists, (ListBeingDeleted event) -> onDeletion.accept(event));
        Rights rights = new Rights(new RoleRights(database.sql()));
        listOperations = new Lists(
                lists,
                domains,
                counters,
                removal,
                new SizeLimit(50 << 20),
                new SiblingLists(lists, rights),
                new TopicWishes(database.sql()),
                clock);
        topics = new Topics(lists, listOperations, new TopicWishes(database.sql()));
        renaming = new ListRenaming(lists, domains, new Rights((actor, right, list) -> false), audit, clock);
        domainOperations = new Domains(domains, lists, removal);
        users = new Users(subscribers, addresses, members, passwords, rights, clock);
        userAddresses = new UserAddresses(subscribers, addresses, members, domains, users, clock);
        memberships = new Memberships(members, addresses);
        banOperations = new Bans(bans, lists, database.sql(), rights);
        subscriptions = new Subscriptions(lists, members, users, banOperations, clock);
        pendingRequests = new PendingRequests(database.sql(), database.ids(), clock);
        Workflow workflow = new Workflow(
                pendingRequests,
                members,
                subscribers,
                subscriptions,
                (Consumer<SubscriptionEvent>) subscriptionEvents::add,
                clock);
        joining = new Joining(
                lists, members, subscribers, addresses, users, banOperations, pendingRequests, workflow, clock);
        leaving = new Leaving(members, pendingRequests, workflow, clock);
        requestDecisions = new RequestDecisions(lists, pendingRequests, users, workflow, audit);
        confirmation = new Confirmation(lists, addresses, pendingRequests, workflow, clock);
        expiredRequests = new ExpiredRequests(pendingRequests, users);
        firstStart = new FirstStart(subscribers, addresses, passwords, database.sql(), clock);
        memberImport = new MemberImport(new BatchInTransaction(clock), banOperations, database.sql(), audit);
    }

    /** Does what the container's interceptor does. */
    private final class BatchInTransaction extends ImportBatch {
        private BatchInTransaction(Clock clock) {
            super(database.sql(), database.ids(), (Consumer<MembersImported>) membersImported::add, clock);
        }

        @Override
        public ImportTally.Stored store(long listId, Collection<ImportRow> rows, boolean welcome) {
            return database.inTransaction(() -> super.store(listId, rows, welcome));
        }
    }

    /** What an import of this text says. */
    ImportReport imported(MailingList list, String csv) {
        return imported(list, csv, false);
    }

    ImportReport imported(MailingList list, String csv, boolean welcome) {
        return memberImport.run(list.getId(), new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)), welcome);
    }

    /** Runs the work in a transaction of its own with a fresh persistence context. */
    public <T> T inTransaction(Callable<T> work) {
        return database.inTransaction(() -> {
            em.clear();
            em.getTransaction().begin();
            try {
                T result = work.call();
                em.getTransaction().commit();
                return result;
            } finally {
                if (em.getTransaction().isActive()) {
                    em.getTransaction().rollback();
                }
            }
        });
    }

    public void run(Runnable work) {
        inTransaction(() -> {
            work.run();
            return null;
        });
    }

    /** A list in a domain that is made if it is missing. */
    public MailingList aList(String fqdnListname) {
        return inTransaction(() -> {
            String host = fqdnListname.substring(fqdnListname.indexOf('@') + 1);
            if (domains.byMailHost(host).isEmpty()) {
                domainOperations.create(host, null, null);
            }
            return listOperations.create(fqdnListname, null);
        });
    }

    /** A member of a list. */
    public Member aMember(MailingList list, String email, Role role) {
        return inTransaction(() -> subscriptions.subscribe(NewSubscription.of(list.getId(), email, null, role)));
    }

    @Override
    public void close() {
        em.close();
        unit.close();
    }
}

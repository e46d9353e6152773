package org.posthorn.list;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.Map;
import java.util.Optional;

/** Finds and keeps subscribers. */
@ApplicationScoped
public class SubscriberRepository {

    @PersistenceContext(unitName = "posthorn")
    private EntityManager em;

    protected SubscriberRepository() {}

    public SubscriberRepository(EntityManager em) {
        this.em = em;
    }

    public Optional<Subscriber> byId(long id) {
        return Optional.ofNullable(em.find(Subscriber.class, id));
    }

    /** @param email in any case */
    public Optional<Subscriber> byAddress(String email) {
        return Keys.ofAddress(email)
                .flatMap(key -> em.createQuery(
                                "select s from Address a join a.subscriber s where a.email = :key", Subscriber.class)
                        .setParameter("key", key)
                        .getResultStream()
                        .findFirst());
    }

    /** @param login a login name, or one of the subscriber's addresses */
    public Optional<Subscriber> byLogin(String login) {
        if (login == null || !OneLine.isOneLine(login)) {
            return Optional.empty();
        }
        Optional<Subscriber> named = em.createQuery(
                        "select s from Subscriber s where s.loginName = :login", Subscriber.class)
                .setParameter("login", login)
                .getResultStream()
                .findFirst();
        return named.isPresent() ? named : byAddress(login);
    }

    public Page<Subscriber> all(Paging paging) {
        return page("", Map.of(), paging);
    }

    public Page<Subscriber> serverOwners(Paging paging) {
        return page("where s.serverOwner = true", Map.of(), paging);
    }

    /** All but the first server owner, who signs in by a name and is the site's own account. */
    public Page<Subscriber> people(Paging paging) {
        return page("where s.loginName is null", Map.of(), paging);
    }

    /** Those of {@link #people} who are server owners. */
    public Page<Subscriber> owningPeople(Paging paging) {
        return page("where s.loginName is null and s.serverOwner = true", Map.of(), paging);
    }

    /** Those of {@link #people} with this text as a part of an address or a name, in any case. */
    public Page<Subscriber> peopleMatching(String text, Paging paging) {
        return page(
                "where s.loginName is null and (lower(s.displayName) like :text escape '\\'"
                        + " or exists (select a from Address a where a.subscriber = s and a.email like :text escape '\\'))",
                Map.of("text", Like.containing(text)),
                paging);
    }

    boolean ownsADomain(Subscriber person) {
        return !em.createQuery("select d.id from Domain d join d.owners o where o = :person", Long.class)
                .setParameter("person", person)
                .setMaxResults(1)
                .getResultList()
                .isEmpty();
    }

    /** @return whether someone else than this person may do everything and can sign in by a password */
    boolean anotherServerOwner(Subscriber but) {
        return !em.createQuery(
                        "select s.id from Subscriber s where s.serverOwner = true and s.passwordHash is not null and s <> :but",
                        Long.class)
                .setParameter("but", but)
                .setMaxResults(1)
                .getResultList()
                .isEmpty();
    }

    /** @param text part of an address or a name, in any case */
    public Page<Subscriber> matching(String text, Paging paging) {
        return page(
                "where lower(s.displayName) like :text escape '\\'"
                        + " or exists (select a from Address a where a.subscriber = s and a.email like :text escape '\\')",
                Map.of("text", Like.containing(text)),
                paging);
    }

    public Page<Subscriber> ownersOf(Domain domain, Paging paging) {
        return Pages.read(
                em,
                Subscriber.class,
                "select s from Domain d join d.owners s",
                "select count(s) from Domain d join d.owners s",
                "where d = :domain",
                "order by s.id",
                Map.of("domain", domain),
                paging);
    }

    private Page<Subscriber> page(String where, Map<String, Object> parameters, Paging paging) {
        return Pages.read(
                em,
                Subscriber.class,
                "select s from Subscriber s",
                "select count(s) from Subscriber s",
                where,
                "order by s.id",
                parameters,
                paging);
    }

    /** @throws jakarta.persistence.OptimisticLockException when another has changed one meanwhile */
    void flush() {
        em.flush();
    }

    public Subscriber add(Subscriber subscriber) {
        em.persist(subscriber);
        em.flush();
        return subscriber;
    }

    /** Its addresses and memberships must be gone, see {@link Users#delete}. */
    void remove(Subscriber subscriber) {
        em.remove(subscriber);
        em.flush();
    }
}

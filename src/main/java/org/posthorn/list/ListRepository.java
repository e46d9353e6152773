package org.posthorn.list;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.posthorn.mail.EmailAddress;

/** Finds and keeps lists. */
@ApplicationScoped
public class ListRepository {

    @PersistenceContext(unitName = "posthorn")
    private EntityManager em;

    protected ListRepository() {}

    public ListRepository(EntityManager em) {
        this.em = em;
    }

    public Optional<MailingList> byId(long id) {
        return Optional.ofNullable(em.find(MailingList.class, id));
    }

    /**
     * A list as it is, apart from the one that is kept: what is set in it reaches no database and nobody else. In the caller's
     * transaction, in which the list has not been changed.
     */
    Optional<MailingList> apart(long id) {
        Optional<MailingList> list = byId(id);
        list.ifPresent(em::detach);
        return list;
    }

    /** @param listId RFC 2919: {@code name.domain}; also one that the list had before it was renamed */
    public Optional<MailingList> byListId(String listId) {
        return Keys.ofName(listId)
                .flatMap(id -> first("select l from MailingList l where l.listId = :id", id)
                        .or(() -> first(
                                "select l from MailingList l join l.formerNames f where f.formerListId = :id", id)));
    }

    private Optional<MailingList> first(String query, String id) {
        return em.createQuery(query, MailingList.class)
                .setParameter("id", id)
                .getResultStream()
                .findFirst();
    }

    /** @param fqdnListname the posting address, or a former one; the domain's own name, no alias */
    public Optional<MailingList> byPostingAddress(String fqdnListname) {
        return EmailAddress.parse(fqdnListname).flatMap(address -> {
            String listName = address.local().toLowerCase(Locale.ROOT);
            return byListId(listName + "." + address.domain())
                    .filter(list -> list.isPostingAddress(listName + "@" + address.domain()));
        });
    }

    /** @param name a list-id or a posting address */
    public Optional<MailingList> byAnyName(String name) {
        return name.indexOf('@') < 0 ? byListId(name) : byPostingAddress(name);
    }

    public Page<MailingList> all(boolean advertisedOnly, Paging paging) {
        return page(advertisedOnly ? "where l.presentation.advertised = true" : "", Map.of(), paging);
    }

    public Page<MailingList> inDomain(Domain domain, boolean advertisedOnly, Paging paging) {
        return page(
                "where l.domain = :domain" + (advertisedOnly ? " and l.presentation.advertised = true" : ""),
                Map.of("domain", domain),
                paging);
    }

    /**
     * The lists that somebody is on, each once.
     *
     * @param email one of the person's addresses, in any case: memberships by the others count too
     * @param role null: any
     */
    public Page<MailingList> ofSubscriber(String email, Role role, Paging paging) {
        Optional<String> key = Keys.ofAddress(email);
        if (key.isEmpty()) {
            return new Page<>(paging.start(), 0, List.of());
        }
        Map<String, Object> parameters = new HashMap<>(Map.of("key", key.get()));
        if (role != null) {
            parameters.put("role", role);
        }
        return page(
                "where exists (select m from Member m where m.list = l"
                        + (role == null ? "" : " and m.role = :role")
                        + " and (m.address.email = :key or m.address.subscriber.id ="
                        + " (select a.subscriber.id from Address a where a.email = :key)))",
                parameters,
                paging);
    }

    private Page<MailingList> page(String where, Map<String, Object> parameters, Paging paging) {
        return Pages.read(
                em,
                MailingList.class,
                "select l from MailingList l",
                "select count(l) from MailingList l",
                where,
                "order by l.listId",
                parameters,
                paging);
    }

    /** The first so many lists of a domain, to delete them. */
    List<MailingList> someOf(Domain domain, int limit) {
        return em.createQuery("select l from MailingList l where l.domain = :domain order by l.id", MailingList.class)
                .setParameter("domain", domain)
                .setMaxResults(limit)
                .getResultList();
    }

    /** @throws jakarta.persistence.PersistenceException when the name is taken meanwhile */
    public MailingList add(MailingList list) {
        em.persist(list);
        em.flush();
        return list;
    }

    /** Writes what has changed now, so that a conflict shows here. */
    void flush() {
        em.flush();
    }

    /** Members, bans, held messages and counters go with it in the database. Only {@link ListRemoval} calls this. */
    void remove(MailingList list) {
        em.remove(list);
        em.flush();
    }
}

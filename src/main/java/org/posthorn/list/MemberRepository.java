package org.posthorn.list;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds and keeps memberships, one or a page at a time. Who runs over a whole roster uses {@link Roster}. */
@ApplicationScoped
public class MemberRepository {

    private static final String JOINS =
            "from Member m join m.address a left join a.subscriber s left join m.subscriber ms ";

    /** Who runs a list before who is on it. */
    private static final String BY_ROLE =
            "case m.role when org.posthorn.list.Role.OWNER then 1 when org.posthorn.list.Role.MODERATOR then 2"
                    + " when org.posthorn.list.Role.MEMBER then 3 else 4 end";

    /** The same, with all that is shown of a member: one query for a page, not one for each member. */
    private static final String FETCHING =
            "from Member m join fetch m.address a left join fetch a.subscriber s left join fetch m.subscriber ms ";

    @PersistenceContext(unitName = "posthorn")
    private EntityManager em;

    protected MemberRepository() {}

    public MemberRepository(EntityManager em) {
        this.em = em;
    }

    public Optional<Member> byId(long id) {
        return Optional.ofNullable(em.find(Member.class, id));
    }

    /** @param email in any case; this address alone, not others of the same person */
    public Optional<Member> of(MailingList list, Role role, String email) {
        return Keys.ofAddress(email)
                .flatMap(key -> em.createQuery(
                                "select m from Member m where m.list = :list and m.role = :role and m.address.email = :key",
                                Member.class)
                        .setParameter("list", list)
                        .setParameter("role", role)
                        .setParameter("key", key)
                        .getResultStream()
                        .findFirst());
    }

    /**
     * Notes before the member's own wish of how posts come changes that, where it is for regular delivery then, they get
     * what waits for the next digest in one last digest: these posts come to them in no other way. A digest that is made
     * already comes to them, or does not, as if nothing had changed.
     */
    public void oweLastDigest(Member member) {
        oweLastDigests("m.id = ?1", member.getId());
    }

    /** As {@link #oweLastDigest}, before a wish of the address changes, or whose it is, on all lists where that counts. */
    public void oweLastDigests(Address address) {
        oweLastDigests("m.delivery_mode is null and m.address_id = ?1", address.getId());
    }

    /** As {@link #oweLastDigest}, before a wish of the person changes, on all lists where it counts. */
    public void oweLastDigests(Subscriber person) {
        String wherever = "m.delivery_mode is null and a.delivery_mode is null and ";
        oweLastDigests(wherever + "m.subscriber_id = ?1", person.getId());
        oweLastDigests(wherever + "m.subscriber_id is null and a.subscriber_id = ?1", person.getId());
    }

    private void oweLastDigests(String which, Long id) {
        for (String statement : LastDigests.owe(which)) {
            em.createNativeQuery(statement).setParameter(1, id).executeUpdate();
        }
    }

    /** Ordered by list, role (owners, moderators, members, nonmembers) and address. */
    public Page<Member> find(MemberSearch search, Paging paging) {
        Map<String, Object> parameters = new HashMap<>();
        String where = search.where(parameters);
        return Pages.read(
                em,
                Member.class,
                "select m " + FETCHING,
                "select count(m) " + JOINS,
                where,
                search.role() == null
                        ? "order by m.list.listId, " + BY_ROLE + ", a.email"
                        : "order by m.list.listId, a.email",
                parameters,
                paging);
    }

    public long count(MailingList list, Role role) {
        return em.createQuery("select count(m) from Member m where m.list = :list and m.role = :role", Long.class)
                .setParameter("list", list)
                .setParameter("role", role)
                .getSingleResult();
    }

    /** @param listIds up to some hundreds; @return how many have the role, of each list that has any */
    public Map<Long, Long> counts(Collection<Long> listIds, Role role) {
        Map<Long, Long> counts = new HashMap<>();
        if (!listIds.isEmpty()) {
            em.createQuery(
                            "select m.list.id, count(m) from Member m where m.role = :role and m.list.id in :lists"
                                    + " group by m.list.id",
                            Object[].class)
                    .setParameter("role", role)
                    .setParameter("lists", listIds)
                    .getResultStream()
                    .forEach(row -> counts.put((Long) row[0], (Long) row[1]));
        }
        return counts;
    }

    /** The memberships that follow a person's preferred address. */
    List<Member> asUser(Subscriber subscriber, int limit) {
        return em.createQuery("select m from Member m where m.subscriber = :subscriber order by m.id", Member.class)
                .setParameter("subscriber", subscriber)
                .setMaxResults(limit)
                .getResultList();
    }

    /** @return whether the person owns or moderates a list, as such or by one of the addresses */
    boolean hasRole(Subscriber person) {
        return !em.createQuery(
                        "select m.id from Member m join m.address a where m.role in :roles"
                                + " and (m.subscriber = :person or a.subscriber = :person)",
                        Long.class)
                .setParameter("roles", List.of(Role.OWNER, Role.MODERATOR))
                .setParameter("person", person)
                .setMaxResults(1)
                .getResultList()
                .isEmpty();
    }

    /** @return whether a list is owned or moderated by this address */
    boolean hasRole(Address address) {
        return ofAddress(address, Integer.MAX_VALUE).stream()
                .anyMatch(member -> member.getRole() == Role.OWNER || member.getRole() == Role.MODERATOR);
    }

    /** The first so many memberships of an address, of whatever role. */
    List<Member> ofAddress(Address address, int limit) {
        return em.createQuery("select m from Member m where m.address = :address order by m.id", Member.class)
                .setParameter("address", address)
                .setMaxResults(limit)
                .getResultList();
    }

    public Member add(Member member) {
        em.persist(member);
        em.flush();
        return member;
    }

    /** Writes what was changed, where another transaction may have been first. */
    public void flush() {
        em.flush();
    }

    public void remove(Member member) {
        em.remove(member);
        em.flush();
    }
}

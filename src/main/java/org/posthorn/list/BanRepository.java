package org.posthorn.list;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import java.util.Map;
import java.util.Optional;

/** Finds and keeps bans. Whether an address is banned is asked of {@link Bans}. */
@ApplicationScoped
public class BanRepository {

    @PersistenceContext(unitName = "posthorn")
    private EntityManager em;

    protected BanRepository() {}

    public BanRepository(EntityManager em) {
        this.em = em;
    }

    /** @param list null: the whole site's */
    public Page<Ban> of(MailingList list, Paging paging) {
        return Pages.read(
                em,
                Ban.class,
                "select b from Ban b",
                "select count(b) from Ban b",
                list == null ? "where b.list is null" : "where b.list = :list",
                "order by b.email",
                list == null ? Map.of() : Map.of("list", list),
                paging);
    }

    /** @param list null: the whole site's; @param email as it is stored */
    public Optional<Ban> find(MailingList list, String email) {
        TypedQuery<Ban> query = em.createQuery(
                        "select b from Ban b where b.email = :email and "
                                + (list == null ? "b.list is null" : "b.list = :list"),
                        Ban.class)
                .setParameter("email", email);
        if (list != null) {
            query.setParameter("list", list);
        }
        return query.getResultStream().findFirst();
    }

    Ban add(Ban ban) {
        em.persist(ban);
        em.flush();
        return ban;
    }

    void remove(Ban ban) {
        em.remove(ban);
        em.flush();
    }
}

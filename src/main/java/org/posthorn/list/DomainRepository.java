package org.posthorn.list;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds and keeps domains. */
@ApplicationScoped
public class DomainRepository {

    @PersistenceContext(unitName = "posthorn")
    private EntityManager em;

    protected DomainRepository() {}

    public DomainRepository(EntityManager em) {
        this.em = em;
    }

    public Optional<Domain> byMailHost(String mailHost) {
        return Keys.ofName(mailHost)
                .flatMap(host -> em.createQuery("select d from Domain d where d.mailHost = :host", Domain.class)
                        .setParameter("host", host)
                        .getResultStream()
                        .findFirst());
    }

    /** The domain of this name, or that answers to this alias. */
    public Optional<Domain> byAnyName(String name) {
        Optional<Domain> domain = byMailHost(name);
        return domain.isPresent()
                ? domain
                : Keys.ofName(name)
                        .flatMap(alias -> em.createQuery(
                                        "select d from Domain d join d.aliases a where a = :alias", Domain.class)
                                .setParameter("alias", alias)
                                .getResultStream()
                                .findFirst());
    }

    public Page<Domain> all(Paging paging) {
        return Pages.read(
                em,
                Domain.class,
                "select d from Domain d",
                "select count(d) from Domain d",
                "",
                "order by d.mailHost",
                Map.of(),
                paging);
    }

    /** The first so many that a person owns. */
    List<Domain> ownedBy(Subscriber owner, int limit) {
        return em.createQuery("select d from Domain d join d.owners o where o = :owner order by d.id", Domain.class)
                .setParameter("owner", owner)
                .setMaxResults(limit)
                .getResultList();
    }

    public long listsIn(Domain domain) {
        return em.createQuery("select count(l) from MailingList l where l.domain = :domain", Long.class)
                .setParameter("domain", domain)
                .getSingleResult();
    }

    /** @throws jakarta.persistence.PersistenceException when the name is taken meanwhile */
    public Domain add(Domain domain) {
        em.persist(domain);
        em.flush();
        return domain;
    }

    /** @throws jakarta.persistence.OptimisticLockException when another has changed it meanwhile */
    void flush() {
        em.flush();
    }

    /**
     * Writes what was changed, with a new version even where only its aliases are others.
     *
     * @throws jakarta.persistence.OptimisticLockException when somebody else was first
     */
    void changed(Domain domain) {
        em.lock(domain, LockModeType.OPTIMISTIC_FORCE_INCREMENT);
        em.flush();
    }

    public void remove(Domain domain) {
        em.remove(domain);
        em.flush();
    }
}

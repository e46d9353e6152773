package org.posthorn.list;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.FlushModeType;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import java.util.List;
import java.util.Optional;

/** Finds and keeps header matches. */
@ApplicationScoped
public class HeaderMatchRepository {

    @PersistenceContext(unitName = "posthorn")
    private EntityManager em;

    protected HeaderMatchRepository() {}

    public HeaderMatchRepository(EntityManager em) {
        this.em = em;
    }

    /** @return in order; {@link HeaderMatches#MOST} at the most */
    public List<HeaderMatch> of(long listId) {
        return query(listId).getResultList();
    }

    /**
     * As {@link #of}, for who only reads: what the same transaction has changed is not asked for, since to look for changes
     * takes longer than the question.
     */
    public List<HeaderMatch> stored(long listId) {
        return query(listId).setFlushMode(FlushModeType.COMMIT).getResultList();
    }

    private TypedQuery<HeaderMatch> query(long listId) {
        return em.createQuery(
                        "select h from HeaderMatch h where h.list.id = :list order by h.place, h.id", HeaderMatch.class)
                .setParameter("list", listId)
                .setMaxResults(HeaderMatches.MOST);
    }

    /** Lets nobody else change the list's header matches until the transaction ends: their order is of one piece. */
    Optional<MailingList> lock(long listId) {
        return Optional.ofNullable(em.find(MailingList.class, listId, LockModeType.PESSIMISTIC_WRITE));
    }

    HeaderMatch add(HeaderMatch match) {
        em.persist(match);
        em.flush();
        return match;
    }

    void remove(HeaderMatch match) {
        em.remove(match);
        em.flush();
    }

    void flush() {
        em.flush();
    }
}

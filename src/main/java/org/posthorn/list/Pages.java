package org.posthorn.list;

import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.util.List;
import java.util.Map;

/** Runs a query for its total and for one page of it. */
final class Pages {

    private Pages() {}

    /**
     * @param entry how the query begins, e.g. {@code select d from Domain d}
     * @param count the same for the total
     * @param rest from {@code where} on, without order
     * @param order from {@code order by} on
     */
    static <T> Page<T> read(
            EntityManager em,
            Class<T> type,
            String entry,
            String count,
            String rest,
            String order,
            Map<String, Object> parameters,
            Paging paging) {
        TypedQuery<Long> counting = em.createQuery(count + " " + rest, Long.class);
        parameters.forEach(counting::setParameter);
        long total = counting.getSingleResult();
        if (paging.start() >= total || paging.count() == 0) {
            return new Page<>(paging.start(), total, List.of());
        }
        TypedQuery<T> query = em.createQuery(entry + " " + rest + " " + order, type);
        parameters.forEach(query::setParameter);
        query.setFirstResult((int) paging.start()).setMaxResults(paging.count());
        return new Page<>(paging.start(), total, query.getResultList());
    }
}

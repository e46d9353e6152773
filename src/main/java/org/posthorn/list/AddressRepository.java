package org.posthorn.list;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.Map;
import java.util.Optional;

/** Finds and keeps addresses. */
@ApplicationScoped
public class AddressRepository {

    @PersistenceContext(unitName = "posthorn")
    private EntityManager em;

    protected AddressRepository() {}

    public AddressRepository(EntityManager em) {
        this.em = em;
    }

    public Optional<Address> byId(long id) {
        return Optional.ofNullable(em.find(Address.class, id));
    }

    /** @param email in any case */
    public Optional<Address> byEmail(String email) {
        return Keys.ofAddress(email)
                .flatMap(key -> em.createQuery("select a from Address a where a.email = :key", Address.class)
                        .setParameter("key", key)
                        .getResultStream()
                        .findFirst());
    }

    public Page<Address> all(Paging paging) {
        return page("", Map.of(), paging);
    }

    public Page<Address> of(Subscriber subscriber, Paging paging) {
        return page("where a.subscriber = :subscriber", Map.of("subscriber", subscriber), paging);
    }

    private Page<Address> page(String where, Map<String, Object> parameters, Paging paging) {
        return Pages.read(
                em,
                Address.class,
                "select a from Address a",
                "select count(a) from Address a",
                where,
                "order by a.email",
                parameters,
                paging);
    }

    public Address add(Address address) {
        em.persist(address);
        em.flush();
        return address;
    }

    /** Writes what has changed now, so that what is read next knows it. */
    void flush() {
        em.flush();
    }

    /** Its memberships must be gone. */
    void remove(Address address) {
        em.remove(address);
        em.flush();
    }
}

package org.posthorn.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import java.util.Optional;

/** The pool's rows. There are a handful: they may be read whole. */
@ApplicationScoped
public class SmarthostRepository {

    @PersistenceContext(unitName = "posthorn")
    private EntityManager entities;

    protected SmarthostRepository() {}

    SmarthostRepository(EntityManager entities) {
        this.entities = entities;
    }

    public List<Smarthost> all() {
        return entities.createQuery("select s from Smarthost s order by s.name", Smarthost.class)
                .getResultList();
    }

    public Optional<Smarthost> byName(String name) {
        return entities.createQuery("select s from Smarthost s where s.name = :name", Smarthost.class)
                .setParameter("name", name)
                .getResultStream()
                .findFirst();
    }

    public void add(Smarthost smarthost) {
        entities.persist(smarthost);
        entities.flush();
    }

    public void remove(Smarthost smarthost) {
        entities.remove(smarthost);
    }

    public void flush() {
        entities.flush();
    }
}

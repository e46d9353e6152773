package org.posthorn.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.OptimisticLockException;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.posthorn.list.ConflictException;
import org.posthorn.platform.AfterCommit;
import org.posthorn.platform.actor.Needs;
import org.posthorn.platform.actor.Right;
import org.posthorn.platform.settings.Settings;

/** What an administrator does with the pool. Changes take effect on this node at once, on others within a second. */
@ApplicationScoped
public class Smarthosts {

    private final SmarthostRepository repository;
    private final SmarthostPool pool;
    private final AfterCommit afterCommit;

    protected Smarthosts() {
        this(null, null, null);
    }

    @Inject
    public Smarthosts(SmarthostRepository repository, SmarthostPool pool, AfterCommit afterCommit) {
        this.repository = repository;
        this.pool = pool;
        this.afterCommit = afterCommit;
    }

    /** A smarthost with what this node knows of its health. */
    public record Row(Smarthost smarthost, Health.State health, String reason) {}

    @Needs(Right.SEE_SITE)
    @Transactional
    public List<Row> all() {
        return repository.all().stream().map(this::row).toList();
    }

    @Needs(Right.SEE_SITE)
    @Transactional
    public Optional<Row> find(String name) {
        return repository.byName(name).map(this::row);
    }

    /**
     * @param fields as {@code /api/smarthosts} has them
     * @throws InvalidSmarthostException when a field is wrong, or the name is taken
     */
    @Needs(Right.OPERATE_SITE)
    @Transactional
    public Row add(String name, Map<String, Object> fields) {
        if (repository.byName(name).isPresent()) {
            throw new InvalidSmarthostException("name", name, "a name that no other smarthost has");
        }
        Smarthost smarthost = SmarthostFields.make(name, fields);
        repository.add(smarthost);
        afterCommit.run(pool::refreshSoon);
        return row(smarthost);
    }

    /**
     * @param version the version that was read when the change was decided on; null: whatever is there now
     * @return empty when there is none of that name
     * @throws ConflictException when someone else has changed it since
     */
    @Needs(Right.OPERATE_SITE)
    @Transactional(rollbackOn = InvalidSmarthostException.class)
    public Optional<Row> change(String name, Long version, Map<String, Object> fields) {
        if (version != null
                && repository
                        .byName(name)
                        .filter(smarthost -> smarthost.getVersion() != version)
                        .isPresent()) {
            throw new ConflictException("the smarthost " + name);
        }
        try {
            return change(name, fields);
        } catch (OptimisticLockException e) {
            throw new ConflictException("the smarthost " + name);
        }
    }

    /** @return empty when there is none of that name */
    @Needs(Right.OPERATE_SITE)
    @Transactional(rollbackOn = InvalidSmarthostException.class)
    public Optional<Row> change(String name, Map<String, Object> fields) {
        Optional<Smarthost> found = repository.byName(name);
        found.ifPresent(smarthost -> {
            SmarthostFields.apply(smarthost, fields);
            repository.flush();
            afterCommit.run(pool::refreshSoon);
        });
        return found.map(this::row);
    }

    /** @return whether there was one */
    @Needs(Right.OPERATE_SITE)
    @Transactional
    public boolean remove(String name) {
        Optional<Smarthost> found = repository.byName(name);
        found.ifPresent(repository::remove);
        afterCommit.run(pool::refreshSoon);
        return found.isPresent();
    }

    /** Makes the pool of the settings, at the first start only. */
    @Needs(Right.OPERATE_SITE)
    @Transactional
    public void firstStart(Settings settings) {
        List<Smarthost> present = repository.all();
        if (present.isEmpty()) {
            settings.smarthosts().forEach(url -> repository.add(Smarthost.of(url)));
        }
    }

    private Row row(Smarthost smarthost) {
        Health health = pool.health(smarthost.getName());
        return new Row(smarthost, health.state(), health.reason());
    }
}

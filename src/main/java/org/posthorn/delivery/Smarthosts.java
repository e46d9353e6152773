package org.posthorn.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.OptimisticLockException;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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
    private final WaitingWork waiting;
    private final AfterCommit afterCommit;
    private final Clock clock;

    protected Smarthosts() {
        this(null, null, null, null, null);
    }

    @Inject
    public Smarthosts(
            SmarthostRepository repository,
            SmarthostPool pool,
            WaitingWork waiting,
            AfterCommit afterCommit,
            Clock clock) {
        this.repository = repository;
        this.pool = pool;
        this.waiting = waiting;
        this.afterCommit = afterCommit;
        this.clock = clock;
    }

    /**
     * A smarthost with what this node knows of it.
     *
     * @param reason why it takes nothing, or not all; empty: nothing is amiss
     * @param opens when its hours begin; empty: it may be used now
     * @param delivering whether it delivers now, whatever its hours are
     * @param limit so many connections of this node may be busy at once now; 0: it is not used
     */
    public record Row(
            Smarthost smarthost,
            Health.State health,
            String reason,
            Optional<Instant> opens,
            boolean delivering,
            int limit) {}

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
        changed();
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
        requireSeen(name, version);
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
            changed();
        });
        return found.map(this::row);
    }

    /**
     * Delivers now what waits for its hours, and goes on whatever they are.
     *
     * @param until until then; null: until {@link #deliverByHours}
     * @throws InvalidSmarthostException when that is over already, or the smarthost has no hours
     * @return empty when there is none of that name
     */
    @Needs(Right.OPERATE_SITE)
    @Transactional(rollbackOn = InvalidSmarthostException.class)
    public Optional<Row> deliverNow(String name, Instant until) {
        if (until != null && !until.isAfter(clock.instant())) {
            throw new InvalidSmarthostException("until", until, "a time that is still to come");
        }
        return deliver(
                name,
                until == null || until.isAfter(Smarthost.UNTIL_SWITCHED_OFF)
                        ? Smarthost.UNTIL_SWITCHED_OFF
                        : until.truncatedTo(ChronoUnit.SECONDS));
    }

    /** Its hours count again. @return empty when there is none of that name */
    @Needs(Right.OPERATE_SITE)
    @Transactional(rollbackOn = InvalidSmarthostException.class)
    public Optional<Row> deliverByHours(String name) {
        return deliver(name, null);
    }

    private Optional<Row> deliver(String name, Instant until) {
        Optional<Smarthost> found = repository.byName(name);
        found.ifPresent(smarthost -> {
            if (until != null && smarthost.getHours().isAlways()) {
                throw new InvalidSmarthostException("hours", "", "it has none, so it delivers at any time");
            }
            smarthost.setDeliverUntil(until);
            repository.flush();
            if (until != null) {
                waiting.of(name);
            }
            afterCommit.run(pool::refreshSoon);
        });
        return found.map(this::row);
    }

    /**
     * @param version that was seen; null: whatever there is
     * @return whether there was one
     * @throws ConflictException when there is another version by now
     */
    @Needs(Right.OPERATE_SITE)
    @Transactional
    public boolean remove(String name, Long version) {
        requireSeen(name, version);
        try {
            boolean there = remove(name);
            repository.flush();
            return there;
        } catch (OptimisticLockException e) {
            throw new ConflictException("the smarthost " + name);
        }
    }

    private void requireSeen(String name, Long version) {
        if (version != null
                && repository
                        .byName(name)
                        .filter(smarthost -> smarthost.getVersion() != version)
                        .isPresent()) {
            throw new ConflictException("the smarthost " + name);
        }
    }

    /** @return whether there was one */
    @Needs(Right.OPERATE_SITE)
    @Transactional
    public boolean remove(String name) {
        Optional<Smarthost> found = repository.byName(name);
        found.ifPresent(smarthost -> {
            repository.remove(smarthost);
            changed();
        });
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

    private void changed() {
        waiting.all();
        afterCommit.run(pool::refreshSoon);
    }

    private Row row(Smarthost smarthost) {
        Instant now = clock.instant();
        Health health = pool.health(smarthost.getName());
        boolean delivering = smarthost.getDeliverUntil() != null && now.isBefore(smarthost.getDeliverUntil());
        Optional<Instant> opens =
                delivering ? Optional.empty() : smarthost.getHours().opens(now);
        String resting = opens.isEmpty() ? "" : Rest.reason(smarthost.getHours(), now);
        String reason = health.reason().isEmpty() ? resting : health.reason();
        return new Row(smarthost, health.state(), reason, opens, delivering, pool.limit(smarthost.getName()));
    }
}

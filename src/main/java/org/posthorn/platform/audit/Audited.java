package org.posthorn.platform.audit;

import java.util.Set;
import org.posthorn.platform.actor.Actor;

/** An entity whose making, changes and end are recorded. Its columns are the fields; their names are what people see. */
public interface Audited {

    /** Also called when the entity is being removed: must not need other rows than those at hand. */
    AuditSubject auditSubject();

    /** What else is worth knowing where it is made or removed; may be null. */
    default String auditDetails() {
        return null;
    }

    /** Columns that change without anybody's decision. */
    default Set<String> unauditedColumns() {
        return Set.of();
    }

    /** @return false where this actor's changes are no decision, such as a sender's row that a post brings along */
    default boolean isAuditedFor(Actor actor) {
        return true;
    }
}

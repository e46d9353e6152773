package org.posthorn.platform.audit;

import java.time.Instant;
import java.util.Optional;
import org.posthorn.platform.actor.Via;

/**
 * One thing that somebody did.
 *
 * @param actor what they signed in as
 * @param action a verb: {@code create}, {@code change}, {@code delete}, {@code accept} …
 * @param field the setting that changed; empty where the action is no change of one
 * @param oldValue empty: there was none, or it is a secret
 */
public record AuditEntry(
        long id,
        Instant at,
        String actor,
        Via via,
        String action,
        AuditSubject subject,
        Optional<String> field,
        Optional<String> oldValue,
        Optional<String> newValue,
        Optional<String> details) {}

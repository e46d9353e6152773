package org.posthorn.platform.audit;

import java.time.Instant;
import java.util.Optional;
import org.posthorn.platform.actor.Via;

/**
 * One thing that somebody did.
 *
 * @param actor what they signed in as
 * @param action a verb: {@code create}, {@code change}, {@code delete}, {@code accept} …
 * @param field the setting that changed; else the number of what it is about, such as a held post's; empty: neither
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

package org.posthorn.list.signin;

import java.time.Instant;
import java.util.Set;
import org.posthorn.platform.actor.Scope;

/**
 * A program that uses REST.
 *
 * @param scopes what it may do, on the whole site; never empty
 * @param kind what it shows to be let in
 * @param fromSetting whether {@code POSTHORN_API_USERS} rules it
 * @param createdBy who made it, as they had signed in
 * @param expiresAt null: never
 * @param lastUsedAt to the minute; null: never
 */
public record ServiceAccount(
        long id,
        String name,
        Set<Scope> scopes,
        Kind kind,
        boolean fromSetting,
        Instant createdAt,
        String createdBy,
        Instant expiresAt,
        Instant lastUsedAt) {

    /** What a service account shows to be let in. */
    public enum Kind {
        PASSWORD,
        TOKEN
    }

    public ServiceAccount {
        scopes = Set.copyOf(scopes);
    }

    public boolean isExpired(Instant now) {
        return expiresAt != null && !now.isBefore(expiresAt);
    }
}

package org.posthorn.list.signin;

import java.time.Instant;
import java.util.Set;
import org.posthorn.platform.actor.Scope;

/**
 * A service account that is wished for.
 *
 * @param password null: it gets a token
 * @param expiresAt null: never
 */
public record NewServiceAccount(String name, Set<Scope> scopes, String password, Instant expiresAt) {

    @Override
    public String toString() {
        return "NewServiceAccount[" + name + "]";
    }
}

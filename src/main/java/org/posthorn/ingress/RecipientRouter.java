package org.posthorn.ingress;

import java.util.Optional;

/** Knows which recipients there are. */
@FunctionalInterface
public interface RecipientRouter {

    /**
     * @param recipient a mailbox whose syntax has been checked, in the client's own case
     * @return empty when no list has that address
     * @throws org.posthorn.platform.DatabaseException when nobody can know now
     */
    Optional<Route> route(String recipient);
}

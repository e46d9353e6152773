package org.posthorn.ingress;

import java.util.Optional;
import org.posthorn.mail.EmailAddress;

/** Knows which recipients there are. */
@FunctionalInterface
public interface RecipientRouter {

    /**
     * @param recipient as the client gave it
     * @return empty when no list has that address
     * @throws org.posthorn.platform.DatabaseException when nobody can know now
     */
    Optional<Route> route(EmailAddress recipient);
}

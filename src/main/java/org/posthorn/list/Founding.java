package org.posthorn.list;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import org.posthorn.platform.actor.Needs;
import org.posthorn.platform.actor.Right;

/** A list made with its first owner: both or neither. */
@ApplicationScoped
public class Founding {

    private final Lists lists;
    private final Appointments appointments;

    protected Founding() {
        this(null, null);
    }

    @Inject
    public Founding(Lists lists, Appointments appointments) {
        this.lists = lists;
        this.appointments = appointments;
    }

    /** The list could be, its owner could not. */
    public static final class OwnerRefusedException extends RefusedException {

        OwnerRefusedException(RefusedException why) {
            super(why.getMessage());
            initCause(why);
        }
    }

    /**
     * @param fqdnListname see {@link Lists#create}
     * @param owner an address
     * @throws OwnerRefusedException when the address cannot be an owner's; there is no list then
     */
    @Transactional
    @Needs(Right.CHANGE_DOMAINS)
    public MailingList found(String fqdnListname, String styleName, String owner) {
        MailingList list = lists.create(fqdnListname, styleName);
        try {
            appointments.appoint(list.getId(), null, NewSubscription.of(list.getId(), owner, null, Role.OWNER));
        } catch (RefusedException e) {
            throw new OwnerRefusedException(e);
        }
        return list;
    }
}

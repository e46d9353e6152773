package org.posthorn.list;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import org.posthorn.platform.actor.Needs;
import org.posthorn.platform.actor.OfList;
import org.posthorn.platform.actor.Right;

/** One list's bans, for those who look after it; {@link Bans} knows the site's, too. */
@ApplicationScoped
public class ListBans {

    private Bans bans;
    private BanRepository repository;
    private ListRepository lists;

    protected ListBans() {}

    @Inject
    public ListBans(Bans bans, BanRepository repository, ListRepository lists) {
        this.bans = bans;
        this.repository = repository;
        this.lists = lists;
    }

    /** @return addresses and patterns, in order */
    @Transactional
    @Needs(Right.MODERATE)
    public Page<String> page(@OfList long listId, Paging paging) {
        return repository.of(list(listId), paging).map(Ban::getEmail);
    }

    /**
     * Bans from the list.
     *
     * @param email an address, or a pattern that begins with ^
     * @return false: it was banned already
     * @throws InvalidValueException when it is neither
     */
    @Transactional
    @Needs(Right.CHANGE_MEMBERS)
    public boolean ban(@OfList long listId, String email) {
        String stored = AddressPattern.parse("email", email).text();
        boolean there = repository.find(list(listId), stored).isPresent();
        bans.ban(listId, email);
        return !there;
    }

    /** @return false: there was no such ban (any more) */
    @Transactional
    @Needs(Right.CHANGE_MEMBERS)
    public boolean lift(@OfList long listId, String email) {
        if (repository.find(list(listId), email).isEmpty()) {
            return false;
        }
        bans.lift(listId, email);
        return true;
    }

    private MailingList list(long listId) {
        return lists.byId(listId).orElseThrow(() -> new UnknownException("list", listId));
    }
}

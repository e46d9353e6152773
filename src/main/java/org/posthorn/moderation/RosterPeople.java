package org.posthorn.moderation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.posthorn.list.Bans;
import org.posthorn.list.ListRepository;
import org.posthorn.list.MailingList;
import org.posthorn.list.Role;
import org.posthorn.list.Roster;

/** Asks the rosters and the bans. */
@ApplicationScoped
public class RosterPeople implements People {

    private final Roster roster;
    private final Bans bans;
    private final ListRepository lists;

    protected RosterPeople() {
        this(null, null, null);
    }

    @Inject
    public RosterPeople(Roster roster, Bans bans, ListRepository lists) {
        this.roster = roster;
        this.bans = bans;
        this.lists = lists;
    }

    @Override
    public Optional<Known> member(MailingList list, String email) {
        return known(list, Role.MEMBER, email);
    }

    @Override
    public Optional<Known> nonmember(MailingList list, String email) {
        return known(list, Role.NONMEMBER, email);
    }

    private Optional<Known> known(MailingList list, Role role, String email) {
        return roster.find(list.getId(), role, email)
                .map(entry -> new Known(Optional.ofNullable(entry.moderationAction()), entry.joinedAt()));
    }

    @Override
    public boolean isMemberOf(String postingAddress, String email) {
        return lists.byPostingAddress(postingAddress)
                .flatMap(list -> roster.find(list.getId(), Role.MEMBER, email))
                .isPresent();
    }

    @Override
    public boolean isBanned(MailingList list, String email) {
        return bans.isBanned(list.getId(), email);
    }
}

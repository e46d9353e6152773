package org.posthorn.console.front;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Locale;
import org.posthorn.console.door.Here;
import org.posthorn.list.ListRepository;
import org.posthorn.list.MailingList;
import org.posthorn.list.UnknownException;

/**
 * {@code /lists/{list-id}}: what the list is, and how to join, leave and write. Its owners do the first two until
 * mail to -join and -leave is answered.
 */
@Named
@RequestScoped
public class ListInfo {

    @Inject
    private Here here;

    @Inject
    private ListRepository lists;

    private MailingList list;

    @PostConstruct
    void read() {
        list = lists.byId(here.listId()).orElseThrow(() -> new UnknownException("list", here.listId()));
    }

    public String getDisplayName() {
        return list.presentation().getDisplayName();
    }

    public String getDescription() {
        return list.presentation().getDescription();
    }

    /** The owners' own words, with their line breaks; may be empty. */
    public String getInfo() {
        return list.presentation().getInfo();
    }

    public String getAddress() {
        return list.getFqdnListname();
    }

    public String getOwnerAddress() {
        return list.address("owner");
    }

    /** Whether it is one that people write to, not only read. */
    public boolean isPostable() {
        return list.posting().isAllowListPosts();
    }

    /** What happens to mail of those who are not on it. */
    public String getStrangers() {
        return list.posting().getDefaultNonmemberAction().name().toLowerCase(Locale.ROOT);
    }

    public String getArchive() {
        return list.archiving().getArchivePolicy().name().toLowerCase(Locale.ROOT);
    }

    /** Whether the reader manages it. */
    public boolean isManaged() {
        return here.isSignedIn() && here.may("SEE_MEMBERS");
    }
}

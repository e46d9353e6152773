package org.posthorn.list;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Map;
import org.posthorn.platform.actor.Needs;
import org.posthorn.platform.actor.OfList;
import org.posthorn.platform.actor.Right;

/** Lists as they would be with other settings, for who wants to try these. Nothing of it is stored. */
@ApplicationScoped
public class ChangedLists {

    private final ListRepository lists;
    private final SizeLimit sizes;

    protected ChangedLists() {
        this(null, null);
    }

    @Inject
    public ChangedLists(ListRepository lists, SizeLimit sizes) {
        this.lists = lists;
        this.sizes = sizes;
    }

    /**
     * @param changes as {@link Lists#configure} takes them
     * @throws UnknownException when the list or an attribute is not there
     * @throws InvalidValueException when a value cannot be, {@link SizeLimit.OverSiteException} among them
     */
    @Transactional
    @Needs(Right.CHANGE_LIST)
    public MailingList with(@OfList long listId, Map<String, ?> changes) {
        MailingList list = lists.apart(listId).orElseThrow(() -> new UnknownException("list", listId));
        int size = list.posting().getMaxMessageSize();
        ConfigAttributes.apply(list, changes);
        sizes.require(size, list.posting().getMaxMessageSize());
        return list;
    }
}

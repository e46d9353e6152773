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
    private final SiblingLists siblings;

    protected ChangedLists() {
        this(null, null, null);
    }

    @Inject
    public ChangedLists(ListRepository lists, SizeLimit sizes, SiblingLists siblings) {
        this.lists = lists;
        this.sizes = sizes;
        this.siblings = siblings;
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
        Runnable settleSiblings = siblings.settle(list, changes);
        ConfigAttributes.apply(list, changes);
        settleSiblings.run();
        sizes.require(size, list.posting().getMaxMessageSize());
        return list;
    }
}

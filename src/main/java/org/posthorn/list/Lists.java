package org.posthorn.list;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.OptimisticLockException;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.posthorn.platform.actor.Needs;
import org.posthorn.platform.actor.OfList;
import org.posthorn.platform.actor.Right;

/** Makes and deletes lists. */
@ApplicationScoped
public class Lists {

    private ListRepository lists;
    private DomainRepository domains;
    private ListCounters counters;
    private ListRemoval removal;
    private SizeLimit sizes;
    private SiblingLists siblings;
    private TopicWishes topicWishes;
    private Clock clock;

    protected Lists() {}

    @Inject
    public Lists(
            ListRepository lists,
            DomainRepository domains,
            ListCounters counters,
            ListRemoval removal,
            SizeLimit sizes,
            SiblingLists siblings,
            TopicWishes topicWishes,
            Clock clock) {
        this.lists = lists;
        this.domains = domains;
        this.counters = counters;
        this.removal = removal;
        this.sizes = sizes;
        this.siblings = siblings;
        this.topicWishes = topicWishes;
        this.clock = clock;
    }

    /**
     * @param fqdnListname the posting address, in a domain that is there
     * @param styleName null: the default
     * @throws InvalidValueException when the name or the style cannot be
     * @throws UnknownException when there is no such domain
     * @throws DuplicateException when there is such a list, or one with the same list-id
     */
    @Transactional
    @Needs(Right.CHANGE_DOMAINS)
    public MailingList create(String fqdnListname, String styleName) {
        ListName name = ListName.parse(fqdnListname);
        ListStyle style = ListStyle.named(styleName);
        Domain domain =
                domains.byMailHost(name.mailHost()).orElseThrow(() -> new UnknownException("domain", name.mailHost()));
        MailingList list = new MailingList(name.listName(), domain, clock.instant());
        if (lists.byListId(list.getListId()).isPresent()) {
            throw new DuplicateException("list", name.toString());
        }
        style.apply(list);
        lists.add(list);
        counters.begin(list.getId());
        return list;
    }

    /**
     * Changes settings: all of what is asked for, or nothing.
     *
     * @param version the version that was read when the change was decided on; null: whatever is there now
     * @param changes see {@link ConfigAttributes#apply}
     * @throws UnknownException when the list or an attribute is not there
     * @throws InvalidValueException when a value cannot be, {@link SizeLimit.OverSiteException} among them
     * @throws ConflictException when someone else has changed the list since
     */
    @Transactional
    @Needs(Right.CHANGE_LIST)
    public MailingList configure(@OfList long listId, Long version, Map<String, ?> changes) {
        MailingList list = lists.byId(listId).orElseThrow(() -> new UnknownException("list", listId));
        if (version != null && version != list.getVersion()) {
            throw new ConflictException("the list " + list.getListId());
        }
        int size = list.posting().getMaxMessageSize();
        List<String> topics = list.posting().getTopics();
        Runnable settleSiblings = siblings.settle(list, changes);
        ConfigAttributes.apply(list, changes);
        settleSiblings.run();
        sizes.require(size, list.posting().getMaxMessageSize());
        try {
            lists.flush();
        } catch (OptimisticLockException e) {
            throw new ConflictException("the list " + list.getListId());
        }
        topicWishes.settle(list.getId(), topics, list.posting().getTopics());
        return list;
    }

    /**
     * Deletes the list with its members, bans and held messages, which end as discarded. Posts under way still show in the trace.
     *
     * @throws UnknownException when it is not there
     */
    @Transactional
    @Needs(Right.DELETE_LIST)
    public void delete(@OfList long listId) {
        removal.remove(lists.byId(listId).orElseThrow(() -> new UnknownException("list", listId)));
    }
}

package org.posthorn.list;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.posthorn.platform.actor.Right;
import org.posthorn.platform.actor.Rights;

/**
 * Looks up the lists that another one names. To include a list sends mail to its members, and to exclude one tells who is
 * on it by who gets no copy: so each takes the right to change that list, too. A list that is not there and one that is
 * another's are refused alike, so that nobody learns which lists there are.
 */
@ApplicationScoped
public class SiblingLists {

    private static final String INCLUDE = "regular_include_lists";
    private static final String EXCLUDE = "regular_exclude_lists";

    private final ListRepository lists;
    private final Rights rights;

    protected SiblingLists() {
        this(null, null);
    }

    @Inject
    public SiblingLists(ListRepository lists, Rights rights) {
        this.lists = lists;
        this.rights = rights;
    }

    /**
     * What a change of settings names, looked up before the list is changed: those that stood there already stay, whoever
     * saves, since it was allowed then.
     *
     * @param changes see {@link ConfigAttributes#apply}; may name neither
     * @return to be done after the change
     * @throws InvalidValueException where one is not there, is not who acts' to change, or is the list itself
     */
    Runnable settle(MailingList list, Map<String, ?> changes) {
        PostingPolicy policy = list.posting();
        Optional<List<Sibling>> included = settled(list, INCLUDE, changes, policy.included());
        Optional<List<Sibling>> excluded = settled(list, EXCLUDE, changes, policy.excluded());
        return () -> {
            included.ifPresent(policy::include);
            excluded.ifPresent(policy::exclude);
        };
    }

    private Optional<List<Sibling>> settled(
            MailingList list, String field, Map<String, ?> changes, List<Sibling> present) {
        if (!changes.containsKey(field)) {
            return Optional.empty();
        }
        return Optional.of(Sibling.of(ListValues.siblings(field, changes.get(field)), present).stream()
                .map(sibling -> isThere(sibling) ? sibling : lookUp(list, field, sibling.address()))
                .toList());
    }

    private boolean isThere(Sibling sibling) {
        return sibling.listId() != 0 && lists.byId(sibling.listId()).isPresent();
    }

    private Sibling lookUp(MailingList list, String field, String address) {
        Optional<MailingList> found = lists.byPostingAddress(address)
                .filter(other -> !other.getId().equals(list.getId()))
                .filter(other -> rights.has(Right.CHANGE_LIST, other.getId()));
        return new Sibling(
                address,
                found.map(MailingList::getId)
                        .orElseThrow(() -> new InvalidValueException(
                                field, address, "the address of another list of this site that you may change, too")));
    }
}

package org.posthorn.list;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.OptimisticLockException;
import jakarta.transaction.Transactional;
import java.time.Clock;
import org.posthorn.platform.actor.Needs;
import org.posthorn.platform.actor.OfList;
import org.posthorn.platform.actor.Right;
import org.posthorn.platform.actor.Rights;
import org.posthorn.platform.audit.AuditLog;

/**
 * Gives a list another name, in its domain or in another one. What it was called stays its own: mail to the former posting
 * address and to each address made from it arrives as before, bounces of mail that went out under it count, and who asks
 * for the former list-id or address gets the list. No list can be made under such a name until it is given up.
 *
 * <p>RFC 2919 (section 3) wants a list identifier to stay what it is, as members' filters and archives go by it: so the
 * List-Id field keeps the value it had, unless the new one is asked for.
 */
@ApplicationScoped
public class ListRenaming {

    private ListRepository lists;
    private DomainRepository domains;
    private Rights rights;
    private AuditLog audit;
    private Clock clock;

    protected ListRenaming() {}

    @Inject
    public ListRenaming(ListRepository lists, DomainRepository domains, Rights rights, AuditLog audit, Clock clock) {
        this.lists = lists;
        this.domains = domains;
        this.rights = rights;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * @param fqdnListname the new posting address, in a domain that is there; into another domain takes the right to change
     *     domains, too
     * @param keepListId whether the List-Id field keeps its value
     * @throws UnknownException when the list or the domain is not there
     * @throws InvalidValueException when the name cannot be, or is the list's own
     * @throws DuplicateException when another list is called so, or was
     * @throws ConflictException when someone else changes the list at this moment
     */
    @Transactional
    @Needs(Right.DELETE_LIST)
    public MailingList rename(@OfList long listId, String fqdnListname, boolean keepListId) {
        MailingList list = known(listId);
        ListName name = ListName.parse(fqdnListname);
        if (name.toString().equals(list.getFqdnListname())) {
            throw new InvalidValueException("fqdn_listname", fqdnListname, "another name than the list has");
        }
        if (!name.mailHost().equals(list.getMailHost())) {
            rights.require(Right.CHANGE_DOMAINS);
        }
        Domain domain =
                domains.byMailHost(name.mailHost()).orElseThrow(() -> new UnknownException("domain", name.mailHost()));
        if (lists.byListId(name.listId())
                .filter(other -> !other.getId().equals(listId))
                .isPresent()) {
            throw new DuplicateException("list", name.toString());
        }
        String before = list.getFqdnListname();
        list.rename(name, domain, keepListId, clock.instant());
        try {
            lists.flush();
        } catch (OptimisticLockException e) {
            throw new ConflictException("the list " + list.getListId());
        }
        audit.record(
                "rename",
                list.auditSubject(),
                "from=" + before + " to=" + name + " list-id-header=" + list.getHeaderListId());
        return list;
    }

    /**
     * Gives a former name up: mail to it is refused from now on, and another list may be called so. If the List-Id field
     * still says it, it says the present list-id from now on.
     *
     * @param formerListId {@code name.domain}
     * @throws UnknownException when the list is not there, or was never called so
     */
    @Transactional
    @Needs(Right.DELETE_LIST)
    public void giveUp(@OfList long listId, String formerListId) {
        MailingList list = known(listId);
        FormerName name = list.getFormerNames().stream()
                .filter(former -> former.getListId().equals(formerListId))
                .findFirst()
                .orElseThrow(() -> new UnknownException("former name", formerListId));
        list.giveUp(name);
        audit.record("give-up-name", list.auditSubject(), "name=" + name);
    }

    private MailingList known(long listId) {
        return lists.byId(listId).orElseThrow(() -> new UnknownException("list", listId));
    }
}

package org.posthorn.list;

import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;
import org.posthorn.platform.audit.AuditSubject;
import org.posthorn.platform.audit.Audited;

/**
 * A mailing list: its address, and its settings grouped by intent.
 *
 * <p>What changes with each post (post number, time of the last post, volumes) is not here but in {@code list_counter},
 * so that posts never conflict with an administrator's change.
 */
@Entity
@Table(name = "mailing_list")
@SequenceGenerator(name = "posthorn_id", sequenceName = "posthorn_id", allocationSize = 1000)
public class MailingList implements Audited {

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "posthorn_id")
    private Long id;

    @Column(name = "list_id", nullable = false, unique = true)
    private String listId;

    @Column(name = "list_name", nullable = false)
    private String listName;

    @ManyToOne(fetch = FetchType.LAZY, optional = false)
    @JoinColumn(name = "domain_id")
    private Domain domain;

    /** What the List-Id field says; null: the list was never renamed, and it says {@link #listId}. */
    @Column(name = "header_list_id")
    private String headerListId;

    @ElementCollection
    @CollectionTable(name = "list_former_name", joinColumns = @JoinColumn(name = "list_id"))
    private Set<FormerName> formerNames = new LinkedHashSet<>();

    @Column(name = "created_at", nullable = false)
    private Instant createdAt;

    @Embedded
    private Presentation presentation = new Presentation();

    @Embedded
    private PostingPolicy posting = new PostingPolicy();

    @Embedded
    private SubscriptionPolicies joining = new SubscriptionPolicies();

    @Embedded
    private MailAppearance appearance = new MailAppearance();

    @Embedded
    private ContentFilter contentFilter = new ContentFilter();

    @Embedded
    private DigestPolicy digests = new DigestPolicy();

    @Embedded
    private BouncePolicy bounces = new BouncePolicy();

    @Embedded
    private Autoresponses autoresponses = new Autoresponses();

    @Embedded
    private DmarcPolicy dmarc = new DmarcPolicy();

    @Embedded
    private Archiving archiving = new Archiving();

    @Embedded
    private NewsGateway news = new NewsGateway();

    @Version
    private long version;

    protected MailingList() {}

    /**
     * @param listName the local part, checked and in lower case
     * @param createdAt truncated to microseconds
     */
    public MailingList(String listName, Domain domain, Instant createdAt) {
        this.listName = listName;
        this.domain = domain;
        this.listId = listName + "." + domain.getMailHost();
        this.createdAt = createdAt;
        presentation.setDisplayName(
                listName.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + listName.substring(1));
        appearance.setSubjectPrefix("[" + presentation.getDisplayName() + "] ");
    }

    public Long getId() {
        return id;
    }

    /** RFC 2919: {@code name.domain}. */
    public String getListId() {
        return listId;
    }

    public String getListName() {
        return listName;
    }

    public Domain getDomain() {
        return domain;
    }

    /** The part of the list's addresses after the at sign. */
    public String getMailHost() {
        return listId.substring(listName.length() + 1);
    }

    /** The posting address. */
    public String getFqdnListname() {
        return listName + "@" + getMailHost();
    }

    /** One of the list's other addresses, e.g. {@code address("bounces")}. */
    public String address(String suffix) {
        return listName + "-" + suffix + "@" + getMailHost();
    }

    /** What the List-Id field says: a renamed list may keep the one that members' filters know. */
    public String getHeaderListId() {
        return headerListId == null ? listId : headerListId;
    }

    /** What the list was called before; not modifiable. Costs no query for a list that was never renamed. */
    public Set<FormerName> getFormerNames() {
        return headerListId == null ? Set.of() : Set.copyOf(formerNames);
    }

    /** @param key an address in lower case; @return whether it is the list's posting address, or was */
    public boolean isPostingAddress(String key) {
        return key.equals(getFqdnListname())
                || getFormerNames().stream().anyMatch(name -> key.equals(name.getFqdnListname()));
    }

    /** Called by {@link ListRenaming}. Back to a former name, that one is a former name no longer. */
    void rename(ListName name, Domain into, boolean keepListId, Instant at) {
        String inHeader = getHeaderListId();
        formerNames.add(new FormerName(listName, getMailHost(), at));
        formerNames.removeIf(former -> former.getListId().equals(name.listId()));
        this.listName = name.listName();
        this.listId = name.listId();
        this.domain = into;
        this.headerListId = keepListId ? inHeader : listId;
    }

    void giveUp(FormerName name) {
        formerNames.remove(name);
        if (name.getListId().equals(headerListId)) {
            headerListId = listId;
        }
    }

    public Instant getCreatedAt() {
        return createdAt;
    }

    public long getVersion() {
        return version;
    }

    public Presentation presentation() {
        return presentation;
    }

    public PostingPolicy posting() {
        return posting;
    }

    public SubscriptionPolicies joining() {
        return joining;
    }

    public MailAppearance appearance() {
        return appearance;
    }

    public ContentFilter contentFilter() {
        return contentFilter;
    }

    public DigestPolicy digests() {
        return digests;
    }

    public BouncePolicy bounces() {
        return bounces;
    }

    public Autoresponses autoresponses() {
        return autoresponses;
    }

    public DmarcPolicy dmarc() {
        return dmarc;
    }

    public Archiving archiving() {
        return archiving;
    }

    public NewsGateway news() {
        return news;
    }

    /** They follow from acceptable_aliases, and from a renaming's own entry. */
    @Override
    public Set<String> unauditedColumns() {
        return Set.of("routedAliases", "formerNames");
    }

    @Override
    public AuditSubject auditSubject() {
        return new AuditSubject("list", listId, id, listId);
    }
}

package org.posthorn.list;

import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.JoinTable;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.util.LinkedHashSet;
import java.util.Set;
import org.posthorn.platform.audit.AuditSubject;
import org.posthorn.platform.audit.Audited;

/** A mail domain that lists live in, and the other names under which mail for them may come. */
@Entity
@Table(name = "domain")
public class Domain implements Audited {

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "posthorn_id")
    private Long id;

    @Column(name = "mail_host", nullable = false, unique = true)
    private String mailHost;

    private String description;

    @Column(name = "base_url")
    private String baseUrl;

    @ElementCollection
    @CollectionTable(name = "domain_alias", joinColumns = @JoinColumn(name = "domain_id"))
    @Column(name = "alias")
    private Set<String> aliases = new LinkedHashSet<>();

    @ManyToMany
    @JoinTable(
            name = "domain_owner",
            joinColumns = @JoinColumn(name = "domain_id"),
            inverseJoinColumns = @JoinColumn(name = "subscriber_id"))
    private Set<Subscriber> owners = new LinkedHashSet<>();

    @Version
    private long version;

    protected Domain() {}

    /** @param mailHost a checked domain name in lower case, as A-labels */
    public Domain(String mailHost) {
        this.mailHost = mailHost;
    }

    public Long getId() {
        return id;
    }

    public String getMailHost() {
        return mailHost;
    }

    public String getDescription() {
        return description;
    }

    public void setDescription(String description) {
        this.description = description;
    }

    public String getBaseUrl() {
        return baseUrl;
    }

    public void setBaseUrl(String baseUrl) {
        this.baseUrl = baseUrl;
    }

    /** Other names under which mail for the lists here may come; not modifiable. */
    public Set<String> getAliases() {
        return Set.copyOf(aliases);
    }

    /** @param alias a checked domain name in lower case */
    public void answerTo(String alias) {
        aliases.add(alias);
    }

    public void noLongerAnswerTo(String alias) {
        aliases.remove(alias);
    }

    /** Who may make lists here and change their owners; not modifiable. */
    public Set<Subscriber> getOwners() {
        return Set.copyOf(owners);
    }

    public void addOwner(Subscriber owner) {
        owners.add(owner);
    }

    public void removeOwner(Subscriber owner) {
        owners.remove(owner);
    }

    public long getVersion() {
        return version;
    }

    @Override
    public AuditSubject auditSubject() {
        return AuditSubject.of("domain", mailHost);
    }
}

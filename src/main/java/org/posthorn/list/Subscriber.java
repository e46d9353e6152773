package org.posthorn.list;

import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.OneToOne;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.Optional;
import org.posthorn.platform.actor.Actor;
import org.posthorn.platform.actor.Via;
import org.posthorn.platform.audit.AuditSubject;
import org.posthorn.platform.audit.Audited;

/**
 * A person (Mailman's user): has any number of addresses, one of them preferred, and may sign in. An address can also
 * stand alone, without a subscriber, as the million addresses of an import do.
 */
@Entity
@Table(name = "subscriber")
public class Subscriber implements Audited {

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "posthorn_id")
    private Long id;

    @Column(name = "login_name")
    private String loginName;

    @Column(name = "display_name")
    private String displayName;

    @Column(name = "password_hash")
    private String passwordHash;

    @Column(name = "server_owner", nullable = false)
    private boolean serverOwner;

    @Column(name = "created_at", nullable = false)
    private Instant createdAt;

    @OneToOne(fetch = FetchType.LAZY)
    @JoinColumn(name = "preferred_address_id")
    private Address preferredAddress;

    @Embedded
    private Preferences preferences = new Preferences();

    @Version
    private long version;

    protected Subscriber() {}

    /** @param displayName may be null */
    public Subscriber(String displayName, Instant createdAt) {
        this.displayName = OneLine.orNull("display_name", displayName, 1000);
        this.createdAt = createdAt;
    }

    public Long getId() {
        return id;
    }

    /** A name to sign in with that is no address; null for all but the first server owner. */
    public String getLoginName() {
        return loginName;
    }

    void signInAs(String loginName) {
        this.loginName = loginName;
    }

    /** @return may be null */
    public String getDisplayName() {
        return displayName;
    }

    public void rename(String displayName) {
        this.displayName = OneLine.orNull("display_name", displayName, 1000);
    }

    /** @return null: this person cannot sign in by password */
    public String getPasswordHash() {
        return passwordHash;
    }

    /** @param hash made by {@link PasswordHash} */
    public void usePasswordHash(String hash) {
        this.passwordHash = hash;
    }

    /** Whether this person may do everything on this site. */
    public boolean isServerOwner() {
        return serverOwner;
    }

    public void setServerOwner(boolean serverOwner) {
        this.serverOwner = serverOwner;
    }

    public Instant getCreatedAt() {
        return createdAt;
    }

    public Optional<Address> preferredAddress() {
        return Optional.ofNullable(preferredAddress);
    }

    /** Called by {@link Users#prefer}, which also moves the memberships that follow it. */
    void prefer(Address address) {
        if (address != null && !address.subscriber().map(this::equals).orElse(false)) {
            throw new IllegalStateException("a preferred address cannot be another's: " + address.getEmail());
        }
        this.preferredAddress = address;
    }

    public Preferences preferences() {
        if (preferences == null) {
            preferences = new Preferences();
        }
        return preferences;
    }

    public long getVersion() {
        return version;
    }

    @Override
    public AuditSubject auditSubject() {
        String name =
                loginName != null ? loginName : preferredAddress != null ? preferredAddress.getEmail() : "user " + id;
        return AuditSubject.of("user", name);
    }

    /** A person who comes into being with a post has decided nothing. */
    @Override
    public boolean isAuditedFor(Actor actor) {
        return actor.via() != Via.SYSTEM || loginName != null;
    }
}

package org.posthorn.list;

import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.Optional;
import org.posthorn.mail.EmailAddress;
import org.posthorn.platform.actor.Actor;
import org.posthorn.platform.actor.Via;
import org.posthorn.platform.audit.AuditSubject;
import org.posthorn.platform.audit.Audited;

/** A mail address that the site knows. It is found by its key (lower case), and mail goes to it as its owner wrote it. */
@Entity
@Table(name = "address")
public class Address implements Audited {

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "posthorn_id")
    private Long id;

    @Column(name = "email", nullable = false, unique = true)
    private String email;

    @Column(name = "original_email", nullable = false)
    private String originalEmail;

    @Column(name = "display_name")
    private String displayName;

    @Column(name = "registered_at", nullable = false)
    private Instant registeredAt;

    @Column(name = "verified_at")
    private Instant verifiedAt;

    @ManyToOne(fetch = FetchType.LAZY)
    @JoinColumn(name = "subscriber_id")
    private Subscriber subscriber;

    @Embedded
    private Preferences preferences = new Preferences();

    @Version
    private long version;

    protected Address() {}

    /** @param displayName may be null */
    public Address(EmailAddress address, String displayName, Instant registeredAt) {
        this.email = address.key();
        this.originalEmail = address.address();
        this.displayName = OneLine.orNull("display_name", displayName, 1000);
        this.registeredAt = registeredAt;
    }

    public Long getId() {
        return id;
    }

    /** The key: in lower case. */
    public String getEmail() {
        return email;
    }

    /** As its owner wrote it: where mail goes. */
    public String getOriginalEmail() {
        return originalEmail;
    }

    /** @return may be null */
    public String getDisplayName() {
        return displayName;
    }

    public void rename(String displayName) {
        this.displayName = OneLine.orNull("display_name", displayName, 1000);
    }

    public Instant getRegisteredAt() {
        return registeredAt;
    }

    /** @return when its owner proved to read it; empty: not yet */
    public Optional<Instant> verifiedAt() {
        return Optional.ofNullable(verifiedAt);
    }

    public void verify(Instant at) {
        if (verifiedAt == null) {
            verifiedAt = at;
        }
    }

    public void unverify() {
        verifiedAt = null;
    }

    public Optional<Subscriber> subscriber() {
        return Optional.ofNullable(subscriber);
    }

    void belongTo(Subscriber owner) {
        this.subscriber = owner;
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
        return AuditSubject.of("address", email);
    }

    /** An address that a post brings along is nobody's decision. */
    @Override
    public boolean isAuditedFor(Actor actor) {
        return actor.via() != Via.SYSTEM;
    }
}

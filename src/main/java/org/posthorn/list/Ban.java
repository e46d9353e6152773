package org.posthorn.list;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.util.Optional;
import org.posthorn.platform.audit.AuditSubject;
import org.posthorn.platform.audit.Audited;

/** An address, or a pattern that begins with ^, that may neither post to nor join one list, or any. */
@Entity
@Table(name = "ban")
public class Ban implements Audited {

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "posthorn_id")
    private Long id;

    @ManyToOne(fetch = FetchType.LAZY)
    @JoinColumn(name = "list_id")
    private MailingList list;

    @Column(name = "email", nullable = false)
    private String email;

    @Version
    private long version;

    protected Ban() {}

    /**
     * @param list null: the whole site
     * @param email an address or a pattern that begins with ^
     * @throws InvalidValueException when it is neither
     */
    public Ban(MailingList list, String email) {
        this.list = list;
        this.email = AddressPattern.parse("email", email).text();
    }

    public Long getId() {
        return id;
    }

    /** @return empty: the whole site */
    public Optional<MailingList> list() {
        return Optional.ofNullable(list);
    }

    /** An address in lower case, or a pattern that begins with ^. */
    public String getEmail() {
        return email;
    }

    @Override
    public AuditSubject auditSubject() {
        return list == null
                ? AuditSubject.of("ban", email)
                : new AuditSubject("ban", email, list.getId(), list.getListId());
    }
}

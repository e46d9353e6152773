package org.posthorn.list;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.time.Instant;
import java.util.Objects;

/** What a list was called before: its addresses still lead to it, and nothing else may be called so. */
@Embeddable
public class FormerName {

    @Column(name = "former_list_id", nullable = false)
    private String formerListId;

    @Column(name = "list_name", nullable = false)
    private String listName;

    @Column(name = "mail_host", nullable = false)
    private String mailHost;

    @Column(name = "renamed_at", nullable = false)
    private Instant renamedAt;

    protected FormerName() {}

    FormerName(String listName, String mailHost, Instant renamedAt) {
        this.formerListId = listName + "." + mailHost;
        this.listName = listName;
        this.mailHost = mailHost;
        this.renamedAt = renamedAt;
    }

    /** RFC 2919: {@code name.domain}. */
    public String getListId() {
        return formerListId;
    }

    public String getListName() {
        return listName;
    }

    /** The posting address that it was. */
    public String getFqdnListname() {
        return listName + "@" + mailHost;
    }

    public Instant getRenamedAt() {
        return renamedAt;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FormerName name && formerListId.equals(name.formerListId);
    }

    @Override
    public int hashCode() {
        return Objects.hash(formerListId);
    }

    @Override
    public String toString() {
        return getFqdnListname();
    }
}

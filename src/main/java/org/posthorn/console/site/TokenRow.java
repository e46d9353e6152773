package org.posthorn.console.site;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.posthorn.list.signin.ServiceAccount;

/** A service account as the page shows it. */
public final class TokenRow {

    private final ServiceAccount account;
    private final boolean expired;

    TokenRow(ServiceAccount account, Instant now) {
        this.account = account;
        this.expired = account.isExpired(now);
    }

    public String getName() {
        return account.name();
    }

    public List<String> getScopes() {
        return account.scopes().stream().sorted().map(Enum::name).toList();
    }

    public String getKind() {
        return account.kind().name().toLowerCase(Locale.ROOT);
    }

    public boolean isFromSetting() {
        return account.fromSetting();
    }

    public boolean isExpired() {
        return expired;
    }

    public Instant getCreatedAt() {
        return account.createdAt();
    }

    public String getCreatedBy() {
        return account.createdBy();
    }

    public Instant getExpiresAt() {
        return account.expiresAt();
    }

    public Instant getLastUsedAt() {
        return account.lastUsedAt();
    }
}

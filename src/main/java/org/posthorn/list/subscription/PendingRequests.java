package org.posthorn.list.subscription;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.posthorn.list.DeliveryMode;
import org.posthorn.list.DeliveryStatus;
import org.posthorn.list.Page;
import org.posthorn.list.Paging;
import org.posthorn.list.SubscriptionPendingException;
import org.posthorn.platform.DatabaseException;
import org.posthorn.platform.Ids;
import org.posthorn.platform.Sql;

/** The requests that wait. What has expired is as good as gone. */
@ApplicationScoped
public class PendingRequests {

    private static final String COLUMNS = """
            id, token, list_id, request_type, token_owner, email, original_email, subscriber_id, display_name,
            delivery_mode, delivery_status, verified, confirmed, approved, invitation, welcome, made_address,
            requested_at, expires_at""";

    private final Sql sql;
    private final Ids ids;
    private final Clock clock;

    protected PendingRequests() {
        this(null, null, null);
    }

    @Inject
    public PendingRequests(Sql sql, Ids ids, Clock clock) {
        this.sql = sql;
        this.ids = ids;
        this.clock = clock;
    }

    /** @param type null: of either; @param owner null: whoever is to be asked */
    public Page<PendingRequest> of(long listId, RequestType type, TokenOwner owner, Paging paging) {
        List<Object> parameters = new ArrayList<>();
        String where = where(listId, type, owner, parameters);
        long total = count(where, parameters);
        parameters.add(paging.start());
        parameters.add(paging.count());
        return new Page<>(
                paging.start(),
                total,
                sql.list(
                        "select " + COLUMNS + " from subscription_request " + where
                                + " order by id offset ? rows fetch next ? rows only",
                        PendingRequests::read,
                        parameters.toArray()));
    }

    /** @param type null: of either; @param owner null: whoever is to be asked */
    public long count(long listId, RequestType type, TokenOwner owner) {
        List<Object> parameters = new ArrayList<>();
        return count(where(listId, type, owner, parameters), parameters);
    }

    private long count(String where, List<Object> parameters) {
        return sql.first(
                        "select count(*) from subscription_request " + where,
                        row -> row.getLong(1),
                        parameters.toArray())
                .orElseThrow();
    }

    private String where(long listId, RequestType type, TokenOwner owner, List<Object> parameters) {
        parameters.add(listId);
        parameters.add(clock.instant());
        StringBuilder where = new StringBuilder("where list_id = ? and expires_at > ?");
        if (type != null) {
            where.append(" and request_type = ?");
            parameters.add(type);
        }
        if (owner != null) {
            where.append(" and token_owner = ?");
            parameters.add(owner);
        }
        return where.toString();
    }

    /** @param token a request's token, or what its subscriber was mailed */
    public Optional<PendingRequest> find(long listId, String token) {
        return Secret.parse(token)
                .flatMap(secret -> first(
                        "list_id = ? and (token = ? or secret_sha256 = ?)", listId, secret.text(), secret.sha256()));
    }

    Optional<PendingRequest> bySecret(Secret secret) {
        return first("secret_sha256 = ?", secret.sha256());
    }

    Optional<PendingRequest> of(long listId, RequestType type, String email) {
        return first("list_id = ? and request_type = ? and email = ?", listId, type, email);
    }

    private Optional<PendingRequest> first(String where, Object... parameters) {
        List<Object> all = new ArrayList<>(List.of(parameters));
        all.add(clock.instant());
        return sql.first(
                "select " + COLUMNS + " from subscription_request where " + where + " and expires_at > ?",
                PendingRequests::read,
                all.toArray());
    }

    long newId() {
        return ids.next();
    }

    /**
     * @param secret null: nobody is mailed
     * @throws SubscriptionPendingException when another came first
     */
    void add(PendingRequest request, Secret secret) {
        sql.update(
                "delete from subscription_request where list_id = ? and request_type = ? and email = ? and expires_at <= ?",
                request.listId(),
                request.type(),
                request.email(),
                clock.instant());
        try {
            sql.update(
                    "insert into subscription_request (" + COLUMNS
                            + ", secret_sha256) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    request.id(),
                    request.token(),
                    request.listId(),
                    request.type(),
                    request.owner(),
                    request.email(),
                    request.originalEmail(),
                    request.subscriberId(),
                    request.displayName(),
                    request.deliveryMode(),
                    request.deliveryStatus(),
                    request.verified(),
                    request.confirmed(),
                    request.approved(),
                    request.invitation(),
                    request.welcome(),
                    request.madeAddress(),
                    request.requestedAt(),
                    request.expiresAt(),
                    secret == null ? null : secret.sha256());
        } catch (DatabaseException e) {
            if (e.isConstraintViolation()) {
                throw new SubscriptionPendingException(request.email());
            }
            throw e;
        }
    }

    /** @param before as it was read; @return false: somebody else was quicker */
    boolean change(PendingRequest before, PendingRequest after, Secret secret) {
        return sql.update(
                        """
                        update subscription_request set token = ?, token_owner = ?, verified = ?, confirmed = ?, approved = ?,
                          expires_at = ?, secret_sha256 = ? where id = ? and token = ?""",
                        after.token(),
                        after.owner(),
                        after.verified(),
                        after.confirmed(),
                        after.approved(),
                        after.expiresAt(),
                        secret == null ? null : secret.sha256(),
                        before.id(),
                        before.token())
                == 1;
    }

    /** @return false: somebody else was quicker */
    boolean remove(PendingRequest request) {
        return sql.update("delete from subscription_request where id = ? and token = ?", request.id(), request.token())
                == 1;
    }

    /** @return those that expired, the oldest first */
    List<PendingRequest> expired(int most) {
        return sql.list(
                "select " + COLUMNS
                        + " from subscription_request where expires_at <= ? order by expires_at fetch first ? rows only",
                PendingRequests::read,
                clock.instant(),
                most);
    }

    private static PendingRequest read(ResultSet row) throws SQLException {
        String mode = row.getString("delivery_mode");
        String status = row.getString("delivery_status");
        boolean welcome = row.getBoolean("welcome");
        Boolean welcomeOrNull = row.wasNull() ? null : Boolean.valueOf(welcome);
        return new PendingRequest(
                row.getLong("id"),
                row.getString("token"),
                row.getLong("list_id"),
                RequestType.valueOf(row.getString("request_type")),
                TokenOwner.valueOf(row.getString("token_owner")),
                row.getString("email"),
                row.getString("original_email"),
                Sql.longOrNull(row, "subscriber_id"),
                row.getString("display_name"),
                mode == null ? null : DeliveryMode.valueOf(mode),
                status == null ? null : DeliveryStatus.valueOf(status),
                row.getBoolean("verified"),
                row.getBoolean("confirmed"),
                row.getBoolean("approved"),
                row.getBoolean("invitation"),
                welcomeOrNull,
                row.getBoolean("made_address"),
                Sql.instant(row, "requested_at"),
                Sql.instant(row, "expires_at"));
    }
}

package org.posthorn.list.signin;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.posthorn.platform.Ids;
import org.posthorn.platform.Sql;
import org.posthorn.platform.actor.Scope;

/** The service accounts' rows. What is secret leaves here as a hash, and to this package only. */
@ApplicationScoped
public class ServiceAccountRows {

    private static final String COLUMNS =
            "select id, name, scopes, password_hash, token_sha256, from_setting, created_at, created_by, expires_at, last_used_at from service_account ";

    private final Sql sql;
    private final Ids ids;

    protected ServiceAccountRows() {
        this(null, null);
    }

    @Inject
    public ServiceAccountRows(Sql sql, Ids ids) {
        this.sql = sql;
        this.ids = ids;
    }

    /** @param passwordHash null for one with a token; @param tokenSha256 null for one with a password */
    record Row(ServiceAccount account, String passwordHash, byte[] tokenSha256) {

        @Override
        public String toString() {
            return "Row[" + account.name() + "]";
        }
    }

    List<ServiceAccount> all(int most) {
        return sql.list(
                COLUMNS + "order by name fetch first " + most + " rows only",
                row -> read(row).account());
    }

    List<Row> fromSetting() {
        return sql.list(COLUMNS + "where from_setting = true order by name", ServiceAccountRows::read);
    }

    Optional<Row> byName(String name) {
        return sql.first(COLUMNS + "where name = ?", ServiceAccountRows::read, name);
    }

    Optional<Row> byToken(byte[] sha256) {
        return sql.first(COLUMNS + "where token_sha256 = ?", ServiceAccountRows::read, (Object) sha256);
    }

    boolean isLoginOfAPerson(String name) {
        return sql.first("select 1 from subscriber where login_name = ?", row -> true, name)
                .isPresent();
    }

    long count() {
        return sql.first("select count(*) from service_account", row -> row.getLong(1))
                .orElseThrow();
    }

    void add(ServiceAccount account, String passwordHash, byte[] tokenSha256) {
        sql.update(
                """
                        insert into service_account (id, name, scopes, password_hash, token_sha256, from_setting, created_at, created_by, expires_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                ids.next(),
                account.name(),
                text(account.scopes()),
                passwordHash,
                tokenSha256,
                account.fromSetting(),
                account.createdAt(),
                account.createdBy(),
                account.expiresAt());
    }

    void change(long id, Set<Scope> scopes, String passwordHash) {
        sql.update(
                "update service_account set scopes = ?, password_hash = ? where id = ?",
                text(scopes),
                passwordHash,
                id);
    }

    void remove(long id) {
        sql.update("delete from service_account where id = ?", id);
    }

    void used(long id, Instant at) {
        sql.update("update service_account set last_used_at = ? where id = ?", at, id);
    }

    private static String text(Set<Scope> scopes) {
        return scopes.stream().sorted().map(Scope::name).collect(Collectors.joining(","));
    }

    private static Row read(ResultSet row) throws SQLException {
        byte[] token = row.getBytes("token_sha256");
        Set<Scope> scopes = EnumSet.noneOf(Scope.class);
        Arrays.stream(row.getString("scopes").split(",")).map(Scope::valueOf).forEach(scopes::add);
        return new Row(
                new ServiceAccount(
                        row.getLong("id"),
                        row.getString("name"),
                        scopes,
                        token == null ? ServiceAccount.Kind.PASSWORD : ServiceAccount.Kind.TOKEN,
                        row.getBoolean("from_setting"),
                        Sql.instant(row, "created_at"),
                        row.getString("created_by"),
                        Sql.instant(row, "expires_at"),
                        Sql.instant(row, "last_used_at")),
                row.getString("password_hash"),
                token);
    }
}

package org.posthorn.queue;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.posthorn.platform.Dialect;
import org.posthorn.platform.Sql;

/**
 * How many entries wait for a runner, over all nodes: those in every queue but shunt and bad, which wait for somebody to
 * decide. An entry of {@code out} stands for a chunk of recipients, so a post to a million is a thousand or so.
 */
@ApplicationScoped
public class WaitingEntries {

    private final Sql sql;
    private final Dialect dialect;

    protected WaitingEntries() {
        this(null, null);
    }

    @Inject
    public WaitingEntries(Sql sql, Dialect dialect) {
        this.sql = sql;
        this.dialect = dialect;
    }

    /**
     * @param most where PostgreSQL stops to count: it has to look at each entry. H2 knows how many rows a table has, and
     *     looks only at those of shunt and bad
     */
    public long count(long most) {
        return switch (dialect) {
            case H2 -> sql.first("""
                                        select (select count(*) from queue_entry)
                                            - (select count(*) from queue_entry where queue in ('SHUNT', 'BAD')) as entries""", row -> row.getLong("entries")).orElse(0L);
            case POSTGRESQL ->
                sql.first("""
                                        select count(*) as entries from (
                                            select 1 from queue_entry where queue not in ('SHUNT', 'BAD') limit ?) counted""", row -> row.getLong("entries"), most).orElse(0L);
        };
    }
}

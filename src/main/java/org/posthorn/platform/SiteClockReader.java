package org.posthorn.platform;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Reads the database's clock for the site's. */
@ApplicationScoped
public class SiteClockReader {

    private final Sql sql;
    private final Dialect dialect;
    private final SiteClock clock;

    protected SiteClockReader() {
        this(null, null, null);
    }

    @Inject
    public SiteClockReader(Sql sql, Dialect dialect, SiteClock clock) {
        this.sql = sql;
        this.dialect = dialect;
        this.clock = clock;
    }

    /**
     * One question to a database that several nodes may share; nothing where it is embedded, since its clock is ours.
     *
     * @throws DatabaseException when it does not answer; the clock goes on by itself
     */
    public void read() {
        if (dialect != Dialect.POSTGRESQL) {
            return;
        }
        long asked = System.nanoTime();
        sql.first("select " + dialect.realNow() + " as now", row -> Sql.instant(row, "now"))
                .ifPresent(now -> clock.follow(now, asked, System.nanoTime()));
    }
}

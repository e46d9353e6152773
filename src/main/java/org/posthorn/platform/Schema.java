package org.posthorn.platform;

import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/** The database's schema: made at the first start, brought forward by each new version, never back. */
public final class Schema {

    private Schema() {}

    /**
     * Brings the schema up to date. Safe on several nodes at once: Flyway locks.
     *
     * <p>A schema that is newer than this program is left as it is, and the program works on it: each migration leaves the
     * release before it working (ADR 2), so that nodes of both can run side by side while a site is brought forward.
     *
     * @throws org.flywaydb.core.api.FlywayException when the database refuses
     */
    public static void migrate(DataSource source, Dialect dialect) {
        configuration(source, dialect).load().migrate();
    }

    static FluentConfiguration configuration(DataSource source, Dialect dialect) {
        return Flyway.configure(Schema.class.getClassLoader())
                .dataSource(PatientSource.of(source))
                .locations("classpath:db/migration")
                .baselineOnMigrate(true) // the batch runtime's tables share the schema
                .baselineVersion("0")
                .ignoreMigrationPatterns("*:future")
                .placeholders(Map.of(
                        "bytes",
                        dialect.bytesType(),
                        "sha256",
                        dialect.sha256Type(),
                        "part_size",
                        dialect.partSize(),
                        "text",
                        dialect.textType(),
                        "binary",
                        dialect.binaryOrder(),
                        "stored",
                        dialect.storedColumn(),
                        "where_partial_indexes",
                        dialect.wherePartialIndexes()));
    }
}

package org.posthorn.platform;

import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** The database's schema: made at the first start, brought forward by each new version, never back. */
public final class Schema {

    private Schema() {}

    /**
     * Brings the schema up to date. Safe on several nodes at once: Flyway locks.
     *
     * @throws org.flywaydb.core.api.FlywayException when the database refuses or is newer than this program
     */
    public static void migrate(DataSource source, Dialect dialect) {
        Flyway.configure(Schema.class.getClassLoader())
                .dataSource(source)
                .locations("classpath:db/migration")
                .baselineOnMigrate(true) // the batch runtime's tables share the schema
                .baselineVersion("0")
                .placeholders(Map.of(
                        "bytes",
                        dialect.bytesType(),
                        "sha256",
                        dialect.sha256Type(),
                        "part_size",
                        dialect.partSize(),
                        "text",
                        dialect.textType()))
                .load()
                .migrate();
    }
}

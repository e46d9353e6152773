package org.posthorn.platform;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.PersistenceUnit;
import java.time.Clock;
import java.time.ZoneOffset;
import org.posthorn.platform.settings.SettingSource;
import org.posthorn.platform.settings.Settings;

/** Makes the platform's own objects injectable. */
@ApplicationScoped
public class PlatformBeans {

    @PersistenceUnit(unitName = "posthorn")
    private EntityManagerFactory entities;

    @Produces
    @Singleton
    SettingSource settingSource() {
        return SettingSource.ofProcess();
    }

    @Produces
    @Singleton
    Settings settings(SettingSource source) {
        return Settings.read(source);
    }

    @Produces
    @Singleton
    SiteClock siteClock() {
        return new SiteClock();
    }

    /** Ticks in microseconds: what both databases can store. */
    @Produces
    @Singleton
    Clock clock(SiteClock siteClock) {
        return new MicrosecondClock(siteClock.withZone(ZoneOffset.UTC));
    }

    @Produces
    @Singleton
    Sql sql(Dialect dialect) {
        // H2 waits for no network, and its lock time-out bounds its other waits. A limit would cost it more than most
        // statements: the pool takes it back after each, and each change makes every connection parse all of its
        // statements anew.
        return new Sql(new EntityConnections(entities), dialect == Dialect.H2 ? 0 : Sql.QUERY_SECONDS);
    }

    @Produces
    @Singleton
    Dialect dialect(Settings settings) {
        return settings.database().isPostgreSql() ? Dialect.POSTGRESQL : Dialect.H2;
    }

    @Produces
    @Singleton
    Ids ids(Sql sql, Dialect dialect) {
        return new Ids(sql, dialect == Dialect.POSTGRESQL);
    }
}

package org.posthorn.api;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Set;
import org.posthorn.api.site.AccountsResource;
import org.posthorn.api.site.AuditResource;
import org.posthorn.api.site.BackupResource;
import org.posthorn.api.site.ExportResource;
import org.posthorn.api.site.HeldPostsResource;
import org.posthorn.api.site.ImportResource;
import org.posthorn.api.site.ListNamesResource;
import org.posthorn.api.site.ListRenameResource;
import org.posthorn.api.site.ListTextsResource;
import org.posthorn.api.site.MessagesResource;
import org.posthorn.api.site.NodesResource;
import org.posthorn.api.site.ParkedEntriesResource;
import org.posthorn.api.site.PeopleResource;
import org.posthorn.api.site.QueuesResource;
import org.posthorn.api.site.RemindersResource;
import org.posthorn.api.site.SettingsResource;
import org.posthorn.api.site.SimulatorResource;
import org.posthorn.api.site.SmarthostSelectionResource;
import org.posthorn.api.site.SmarthostTuneResource;
import org.posthorn.api.site.SmarthostsResource;
import org.posthorn.api.site.TemplatesResource;
import org.posthorn.api.site.TopicsResource;
import org.posthorn.api.site.VersionResource;
import org.posthorn.api.site.WideTextsResource;
import org.posthorn.api.wire.Errors;
import org.posthorn.api.wire.FieldsReader;
import org.posthorn.api.wire.JsonWriter;

/** Posthorn's own REST API, where Mailman has nothing. */
@ApplicationPath("/api")
public class SiteApplication extends Application {

    @Override
    public Set<Class<?>> getClasses() {
        return Set.of(
                Errors.class,
                FieldsReader.class,
                JsonWriter.class,
                AccountsResource.class,
                AuditResource.class,
                ExportResource.class,
                BackupResource.class,
                HeldPostsResource.class,
                ImportResource.class,
                ListNamesResource.class,
                ListRenameResource.class,
                ListTextsResource.class,
                MessagesResource.class,
                NodesResource.class,
                ParkedEntriesResource.class,
                PeopleResource.class,
                QueuesResource.class,
                RemindersResource.class,
                SettingsResource.class,
                SimulatorResource.class,
                SmarthostSelectionResource.class,
                SmarthostsResource.class,
                SmarthostTuneResource.class,
                TemplatesResource.class,
                TopicsResource.class,
                VersionResource.class,
                WideTextsResource.class);
    }
}

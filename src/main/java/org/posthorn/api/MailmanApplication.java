package org.posthorn.api;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Map;
import java.util.Set;
import org.posthorn.api.mailman.AddressUserResource;
import org.posthorn.api.mailman.AddressesResource;
import org.posthorn.api.mailman.ArchiversResource;
import org.posthorn.api.mailman.BansResource;
import org.posthorn.api.mailman.ConfigResource;
import org.posthorn.api.mailman.DigestResource;
import org.posthorn.api.mailman.DomainUrisResource;
import org.posthorn.api.mailman.DomainsResource;
import org.posthorn.api.mailman.FindListsResource;
import org.posthorn.api.mailman.HeaderMatchesResource;
import org.posthorn.api.mailman.HeldResource;
import org.posthorn.api.mailman.ListBansResource;
import org.posthorn.api.mailman.ListMemberResource;
import org.posthorn.api.mailman.ListResource;
import org.posthorn.api.mailman.ListUrisResource;
import org.posthorn.api.mailman.ListsResource;
import org.posthorn.api.mailman.MailmanQueuesResource;
import org.posthorn.api.mailman.MemberResource;
import org.posthorn.api.mailman.MembersFindResource;
import org.posthorn.api.mailman.MembersResource;
import org.posthorn.api.mailman.OwnersResource;
import org.posthorn.api.mailman.RequestsResource;
import org.posthorn.api.mailman.RosterResource;
import org.posthorn.api.mailman.StylesResource;
import org.posthorn.api.mailman.SystemResource;
import org.posthorn.api.mailman.UrisResource;
import org.posthorn.api.mailman.UserLoginResource;
import org.posthorn.api.mailman.UserResource;
import org.posthorn.api.mailman.UsersFindResource;
import org.posthorn.api.mailman.UsersResource;
import org.posthorn.api.wire.Errors;
import org.posthorn.api.wire.FieldsReader;
import org.posthorn.api.wire.JsonWriter;
import org.posthorn.api.wire.ListingWriter;
import org.posthorn.api.wire.Tagged;

/** Mailman's REST API 3.1. The classes are named here so that nothing has to be scanned. */
@ApplicationPath("/3.1")
public class MailmanApplication extends Application {

    static final Set<Class<?>> CLASSES = Set.of(
            Errors.class,
            FieldsReader.class,
            JsonWriter.class,
            ListingWriter.class,
            ConfigResource.class,
            DomainsResource.class,
            HeldResource.class,
            ListResource.class,
            ListsResource.class,
            MembersResource.class,
            SystemResource.class,
            AddressesResource.class,
            AddressUserResource.class,
            ListMemberResource.class,
            MemberResource.class,
            OwnersResource.class,
            RosterResource.class,
            UserLoginResource.class,
            UserResource.class,
            UsersResource.class,
            UsersFindResource.class,
            MembersFindResource.class,
            RequestsResource.class,
            Tagged.class,
            MailmanQueuesResource.class,
            HeaderMatchesResource.class,
            StylesResource.class,
            ListBansResource.class,
            FindListsResource.class,
            DigestResource.class,
            BansResource.class,
            ArchiversResource.class,
            UrisResource.class,
            DomainUrisResource.class,
            ListUrisResource.class);

    /** Without Jersey's own description of the resources in answers to OPTIONS: /openapi is ours. */
    @Override
    public Map<String, Object> getProperties() {
        return Map.of("jersey.config.server.wadl.disableWadl", true);
    }

    @Override
    public Set<Class<?>> getClasses() {
        return CLASSES;
    }
}

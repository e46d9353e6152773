package org.posthorn.api.mailman;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.posthorn.api.wire.Etag;
import org.posthorn.api.wire.Fields;
import org.posthorn.api.wire.IfMatch;
import org.posthorn.api.wire.Links;
import org.posthorn.api.wire.Listing;
import org.posthorn.api.wire.NewJson;
import org.posthorn.api.wire.Page;
import org.posthorn.api.wire.Query;
import org.posthorn.api.wire.Reading;
import org.posthorn.api.wire.Refusal;
import org.posthorn.template.TemplateContext;
import org.posthorn.template.TemplateName;
import org.posthorn.template.TemplateUri;
import org.posthorn.template.TemplateUris;
import org.posthorn.template.TemplateUris.Place;

/**
 * What {@link UrisResource}, {@link DomainUrisResource} and {@link ListUrisResource} share. Passwords go in and never
 * come out.
 */
@ApplicationScoped
public class UriRequests {

    private static final Set<String> CREDENTIALS = Set.of("username", "password");

    private final TemplateUris templates;
    private final Links links;
    private final Reading reading;
    private final IfMatch ifMatch;

    protected UriRequests() {
        this(null, null, null, null);
    }

    @Inject
    public UriRequests(TemplateUris templates, Links links, Reading reading, IfMatch ifMatch) {
        this.templates = templates;
        this.links = links;
        this.reading = reading;
        this.ifMatch = ifMatch;
    }

    /** @param context read where its list or domain can be; @param path of the collection, after {@code /3.1} */
    record At(Supplier<TemplateContext> context, Object... path) {}

    Listing all(At at, UriInfo uri) {
        return listing(at, Page.of(Query.of(uri).check(Set.of(), Set.of("count", "page"))));
    }

    private Listing listing(At at, Page page) {
        List<JsonObject> shown = reading.within(() -> templates.of(at.context().get()).stream()
                .map(template -> shown(at, template))
                .toList());
        return Listing.of(shown, page, one -> one);
    }

    /** @param whole whether each template must be named */
    @Transactional
    public Response put(At at, Fields body, boolean whole) {
        Set<String> names = Set.copyOf(TemplateName.labels());
        if (whole) {
            body.check(names, CREDENTIALS);
        } else {
            Set<String> known = new HashSet<>(names);
            known.addAll(CREDENTIALS);
            body.check(Set.of(), known);
        }
        ifMatch.requireWhole(() -> listing(at, Page.ALL));
        String username = body.optional("username").orElse(null);
        String password = body.optional("password").orElse(null);
        Map<TemplateName, Place> places = new EnumMap<>(TemplateName.class);
        for (String name : body.names()) {
            TemplateName.named(name)
                    .ifPresent(template -> places.put(template, new Place(body.text(name), username, password)));
        }
        templates.put(at.context().get(), places);
        return Created.nothing();
    }

    @Transactional
    public Response deleteAll(At at) {
        ifMatch.requireWhole(() -> listing(at, Page.ALL));
        templates.delete(at.context().get(), EnumSet.allOf(TemplateName.class));
        return Created.nothing();
    }

    @Transactional
    public JsonObject one(At at, String name) {
        return shown(at, known(at, name));
    }

    @Transactional
    public Response putOne(At at, String name, Fields body) {
        body.check(Set.of("uri"), CREDENTIALS);
        TemplateName template = TemplateName.named(name).orElseThrow(Refusal::notFound);
        ifMatch.requireAny(
                () -> templates.findToChange(at.context().get(), template).map(present -> shown(at, present)).stream()
                        .toList());
        templates.put(
                at.context().get(),
                Map.of(
                        template,
                        new Place(
                                body.text("uri"),
                                body.optional("username").orElse(null),
                                body.optional("password").orElse(null))));
        return Created.nothing();
    }

    @Transactional
    public Response changeOne(At at, String name, Fields body) {
        body.check(Set.of(), Set.of("uri", "username", "password"));
        TemplateName template = TemplateName.named(name).orElseThrow(Refusal::notFound);
        if (body.has("uri")
                && templates.findToChange(at.context().get(), template).isEmpty()) {
            return putOne(at, name, body);
        }
        TemplateUri present = knownToChange(at, name);
        ifMatch.require(() -> shown(at, present));
        templates.change(
                at.context().get(),
                template,
                body.optional("uri").orElse(null),
                body.optional("username").orElse(null),
                body.optional("password").orElse(null));
        return Created.nothing();
    }

    @Transactional
    public Response deleteOne(At at, String name) {
        TemplateUri present = knownToChange(at, name);
        ifMatch.require(() -> shown(at, present));
        templates.delete(at.context().get(), Set.of(present.name()));
        return Created.nothing();
    }

    private TemplateUri known(At at, String name) {
        return TemplateName.named(name)
                .flatMap(template -> templates.find(at.context().get(), template))
                .orElseThrow(Refusal::notFound);
    }

    private TemplateUri knownToChange(At at, String name) {
        return TemplateName.named(name)
                .flatMap(template -> templates.findToChange(at.context().get(), template))
                .orElseThrow(Refusal::notFound);
    }

    private JsonObject shown(At at, TemplateUri template) {
        JsonObjectBuilder json =
                Json.createObjectBuilder().add("name", template.name().label()).add("uri", template.uri());
        if (template.username() != null) {
            json.add("username", template.username());
        }
        Object[] path = java.util.Arrays.copyOf(at.path(), at.path().length + 1);
        path[at.path().length] = template.name().label();
        JsonObject resource = json.add("self_link", links.mailman(path)).build();
        // By what is shown alone, a change of the password would not be told.
        JsonObject told = NewJson.object(resource)
                .add("id", template.id())
                .add("version", template.version())
                .build();
        return Etag.stamped(resource, told);
    }
}

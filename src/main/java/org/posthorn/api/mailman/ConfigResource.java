package org.posthorn.api.mailman;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.posthorn.api.wire.Fields;
import org.posthorn.api.wire.IfMatch;
import org.posthorn.api.wire.Refusal;
import org.posthorn.list.ConfigAttribute;
import org.posthorn.list.ConfigAttributes;
import org.posthorn.list.ListRepository;
import org.posthorn.list.Lists;
import org.posthorn.list.MailingList;
import org.posthorn.list.UnknownException;

/**
 * {@code /3.1/lists/{list}/config}. With {@code If-Match} a change is made only to what the client has seen: else 412,
 * and nothing is lost.
 */
@Path("lists/{list}/config")
@ApplicationScoped
public class ConfigResource {

    /** What Mailman's own configuration does not name: its clients leave these out, and they stay. */
    private static final Set<String> OURS = Set.of(
            "attachment_link_days",
            "attachment_link_threshold",
            "bounce_matching_headers",
            "hold_digest",
            "member_verbosity_interval",
            "member_verbosity_threshold",
            "new_member_days",
            "owner_chain",
            "owner_pipeline",
            "posting_chain",
            "regular_exclude_lists",
            "regular_include_lists",
            "topics",
            "topics_bodylines_limit",
            "topics_enabled");

    private final ListRepository lists;
    private final Lists operations;
    private final Shown shown;
    private final IfMatch ifMatch;

    protected ConfigResource() {
        this(null, null, null, null);
    }

    @Inject
    public ConfigResource(ListRepository lists, Lists operations, Shown shown, IfMatch ifMatch) {
        this.lists = lists;
        this.operations = operations;
        this.shown = shown;
        this.ifMatch = ifMatch;
    }

    @GET
    @Transactional
    public JsonObject config(@PathParam("list") String name) {
        return shown.config(known(name));
    }

    @GET
    @Path("{attribute}")
    @Transactional
    public JsonObject attribute(@PathParam("list") String name, @PathParam("attribute") String attribute) {
        return shown.config(known(name), attribute);
    }

    @PATCH
    @Transactional
    public Response change(@PathParam("list") String name, Fields body) {
        return changedAsSeen(known(name), body);
    }

    /** All writable attributes at once, so that none is forgotten. */
    @PUT
    @Transactional
    public Response replace(@PathParam("list") String name, Fields body) {
        Set<String> writable = ConfigAttributes.all().stream()
                .filter(ConfigAttribute::isWritable)
                .map(ConfigAttribute::name)
                .filter(attribute -> !OURS.contains(attribute))
                .collect(Collectors.toSet());
        body.check(writable, OURS);
        return changedAsSeen(known(name), body);
    }

    @PATCH
    @Path("{attribute}")
    @Transactional
    public Response changeOne(@PathParam("list") String name, @PathParam("attribute") String attribute, Fields body) {
        if (!ConfigAttributes.named(attribute).isWritable()) {
            throw Refusal.badRequest("Read-only attribute: " + attribute);
        }
        body.check(Set.of(attribute), Set.of());
        MailingList list = known(name);
        require(list, attribute);
        return changed(list, body);
    }

    @PUT
    @Path("{attribute}")
    @Transactional
    public Response replaceOne(@PathParam("list") String name, @PathParam("attribute") String attribute, Fields body) {
        return changeOne(name, attribute, body);
    }

    /** Empties an attribute that is a list; others have no value that is none. */
    @DELETE
    @Path("{attribute}")
    @Transactional
    public Response clear(@PathParam("list") String name, @PathParam("attribute") String attribute) {
        MailingList list = known(name);
        ConfigAttribute known = ConfigAttributes.named(attribute);
        if (!known.isWritable()) {
            throw Refusal.badRequest("Read-only attribute: " + attribute);
        }
        JsonObject present = shown.config(list);
        if (present.get(attribute).getValueType() != JsonValue.ValueType.ARRAY) {
            throw Refusal.badRequest("Attribute cannot be DELETEd: " + attribute);
        }
        require(list, attribute);
        operations.configure(list.getId(), list.getVersion(), Map.of(attribute, List.of()));
        return Created.nothing();
    }

    @DELETE
    public Response clearAll() {
        throw Refusal.badRequest("Cannot delete the list configuration itself");
    }

    /** Either the attribute or all of them may have been seen. */
    private void require(MailingList list, String attribute) {
        ifMatch.requireAny(() -> List.of(shown.config(list), shown.config(list, attribute)));
    }

    private Response changedAsSeen(MailingList list, Fields body) {
        ifMatch.require(() -> shown.config(list));
        return changed(list, body);
    }

    private Response changed(MailingList list, Fields body) {
        Set<String> readOnly = ConfigAttributes.all().stream()
                .filter(attribute -> !attribute.isWritable() && body.has(attribute.name()))
                .map(ConfigAttribute::name)
                .collect(Collectors.toCollection(TreeSet::new));
        if (!readOnly.isEmpty()) {
            throw Refusal.badRequest("Read-only attribute: " + String.join(", ", readOnly));
        }
        try {
            operations.configure(list.getId(), list.getVersion(), body.asChanges());
        } catch (UnknownException e) {
            throw Refusal.badRequest("Unknown attribute: "
                    + body.names().stream()
                            .filter(ConfigResource::isUnknown)
                            .map(Fields::shown)
                            .collect(Collectors.joining(", ")));
        }
        return Created.nothing();
    }

    private static boolean isUnknown(String attribute) {
        return ConfigAttributes.all().stream().noneMatch(known -> known.name().equals(attribute));
    }

    private MailingList known(String name) {
        return lists.byAnyName(name).orElseThrow(Refusal::notFound);
    }
}

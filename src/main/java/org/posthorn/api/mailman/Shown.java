package org.posthorn.api.mailman;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.posthorn.api.wire.Etag;
import org.posthorn.api.wire.Links;
import org.posthorn.api.wire.NewJson;
import org.posthorn.list.ConfigAttributes;
import org.posthorn.list.Counters;
import org.posthorn.list.Domain;
import org.posthorn.list.ListCounters;
import org.posthorn.list.MailingList;
import org.posthorn.list.MemberRepository;
import org.posthorn.list.Page;
import org.posthorn.list.Role;
import org.posthorn.mail.HeaderBlock;
import org.posthorn.moderation.HeldMessage;
import org.posthorn.platform.Digests;

/** Domains, lists and held posts as Mailman's API shows them. Called where they can still load lazily. */
@ApplicationScoped
public class Shown {

    /** Is never shown; a tag knows when it changes. */
    private static final String PASSWORD = "moderator_password";

    private final Links links;
    private final MemberRepository members;
    private final ListCounters counters;

    protected Shown() {
        this(null, null, null);
    }

    @Inject
    public Shown(Links links, MemberRepository members, ListCounters counters) {
        this.links = links;
        this.members = members;
        this.counters = counters;
    }

    public JsonObject domain(Domain domain) {
        JsonObjectBuilder json = NewJson.object();
        add(
                json,
                "alias_domain",
                domain.getAliases().stream().sorted().findFirst().orElse(null));
        add(json, "base_url", domain.getBaseUrl());
        add(json, "description", domain.getDescription());
        json.add("mail_host", domain.getMailHost());
        json.add("self_link", links.mailman("domains", domain.getMailHost()));
        JsonObject resource = json.build();
        // Not all that a PATCH can change is shown: owners, and aliases but the first.
        return Etag.stamped(
                resource,
                NewJson.object(resource).add("version", domain.getVersion()).build());
    }

    public JsonObject list(MailingList list) {
        return list(
                list,
                members.count(list, Role.MEMBER),
                counters.of(list.getId()).volume());
    }

    /** A page of lists, counted together: a query for each would be too many. */
    public Page<JsonObject> lists(Page<MailingList> page) {
        List<Long> ids = page.entries().stream().map(MailingList::getId).toList();
        Map<Long, Long> counts = members.counts(ids, Role.MEMBER);
        Map<Long, Integer> volumes = counters.volumes(ids);
        return page.map(
                list -> list(list, counts.getOrDefault(list.getId(), 0L), volumes.getOrDefault(list.getId(), 1)));
    }

    private JsonObject list(MailingList list, long memberCount, int volume) {
        return Etag.stamped(NewJson.object()
                .add("advertised", list.presentation().isAdvertised())
                .add("description", list.presentation().getDescription())
                .add("display_name", list.presentation().getDisplayName())
                .add("fqdn_listname", list.getFqdnListname())
                .add("list_id", list.getListId())
                .add("list_name", list.getListName())
                .add("mail_host", list.getMailHost())
                .add("member_count", memberCount)
                .add("volume", volume)
                .add("self_link", links.mailman("lists", list.getListId()))
                .build());
    }

    /** Its tag leaves out what each post counts: else nobody could say If-Match on a busy list. */
    public JsonObject config(MailingList list) {
        Map<String, Object> all = ConfigAttributes.shown(list, counters.of(list.getId()));
        Map<String, Object> settings = new LinkedHashMap<>(all);
        settings.keySet().removeIf(name -> !ConfigAttributes.named(name).isWritable());
        settings.put(PASSWORD, mark(list));
        return Etag.stamped(object(all), object(settings));
    }

    /** @throws org.posthorn.list.UnknownException when there is no such attribute */
    public JsonObject config(MailingList list, String attribute) {
        Counters counted = counters.of(list.getId());
        JsonObjectBuilder json = NewJson.object();
        add(json, attribute, ConfigAttributes.named(attribute).shown(list, counted));
        JsonObject resource = json.build();
        return attribute.equals(PASSWORD)
                ? Etag.stamped(
                        resource, NewJson.object().add(PASSWORD, mark(list)).build())
                : Etag.stamped(resource);
    }

    private static String mark(MailingList list) {
        return Digests.mark(list.posting().getModeratorPassword());
    }

    /**
     * The subject is shown twice, as with Mailman: as the post has it, with its encoded words, and for people to read.
     *
     * @param message the post itself, or its beginning
     */
    public JsonObject held(HeldMessage held, String listId, byte[] message) {
        String raw = HeaderBlock.parse(message).values("Subject").stream()
                .findFirst()
                .orElse(held.subject());
        return Etag.stamped(NewJson.object()
                .add("hold_date", time(held.heldAt()))
                .add("message_id", held.messageIdField())
                .add("msg", new String(message, StandardCharsets.UTF_8))
                .add("original_subject", raw)
                .add("reason", withoutStop(held.reason()))
                .add("request_id", held.requestId())
                .add("sender", held.sender())
                .add("subject", held.subject())
                .add("self_link", links.mailman("lists", listId, "held", held.requestId()))
                .build());
    }

    /** Mailman's reasons end without a full stop, and programs compare them. */
    private static String withoutStop(String reason) {
        return reason.endsWith(".") ? reason.substring(0, reason.length() - 1) : reason;
    }

    static String time(Instant at) {
        return at.toString().replace("Z", "");
    }

    static JsonObject object(Map<String, Object> values) {
        JsonObjectBuilder json = NewJson.object();
        values.forEach((name, value) -> add(json, name, value));
        return json.build();
    }

    private static void add(JsonObjectBuilder json, String name, Object value) {
        if (value == null) {
            json.add(name, JsonValue.NULL);
        } else if (value instanceof Boolean truth) {
            json.add(name, truth);
        } else if (value instanceof Number number) {
            json.add(name, new BigDecimal(number.toString()));
        } else if (value instanceof List<?> items) {
            JsonArrayBuilder array = Json.createArrayBuilder();
            items.forEach(item -> array.add(item.toString()));
            json.add(name, array);
        } else {
            json.add(name, value.toString());
        }
    }
}

package org.posthorn.api.mailman;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.posthorn.api.wire.Etag;
import org.posthorn.api.wire.Links;
import org.posthorn.api.wire.NewJson;
import org.posthorn.list.Address;
import org.posthorn.list.Member;
import org.posthorn.list.PreferenceFields;
import org.posthorn.list.Preferences;
import org.posthorn.list.Subscriber;
import org.posthorn.platform.Digests;

/**
 * Members, users, addresses and preferences as Mailman's API shows them: what is not there is left out. Called where they
 * can still load lazily.
 */
@ApplicationScoped
public class ShownPeople {

    private final Links links;

    protected ShownPeople() {
        this(null);
    }

    @Inject
    public ShownPeople(Links links) {
        this.links = links;
    }

    /** An imported member's address may be nobody's: then there is no {@code user}. */
    public JsonObject member(Member member) {
        String id = id(member.getId());
        JsonObjectBuilder json = NewJson.object()
                .add("address", links.mailman("addresses", member.address().getEmail()))
                .add("bounce_score", member.bounces().score())
                .add("delivery_mode", lower(member.effectivePreferences().getDeliveryMode()))
                .add(
                        "display_name",
                        Optional.ofNullable(member.getDisplayName()).orElse(""))
                .add("email", member.address().getEmail())
                .add("list_id", member.list().getListId())
                .add("member_id", shownId(id))
                .add("role", lower(member.getRole()))
                .add("self_link", links.mailman("members", id))
                .add("subscription_mode", lower(member.getSubscriptionMode()))
                .add("total_warnings_sent", member.bounces().warnings());
        add(json, "last_bounce_received", member.bounces().lastReceived());
        add(json, "last_warning_sent", member.bounces().lastWarning());
        member.moderationAction().ifPresent(action -> json.add("moderation_action", lower(action)));
        if (!member.topics().isEmpty()) {
            json.add("topics", Json.createArrayBuilder(member.topics()));
        }
        if (member.isReceiveUntagged()) {
            json.add("receive_untagged", true);
        }
        member.subscriber().ifPresent(person -> json.add("user", link(person)));
        return Etag.stamped(json.build());
    }

    public JsonObject user(Subscriber person) {
        String id = id(person.getId());
        JsonObjectBuilder json = NewJson.object()
                .add("created_on", Shown.time(person.getCreatedAt()))
                .add("is_server_owner", person.isServerOwner())
                .add("self_link", links.mailman("users", id))
                .add("user_id", shownId(id));
        if (person.getDisplayName() != null && !person.getDisplayName().isEmpty()) {
            json.add("display_name", person.getDisplayName());
        }
        if (person.getPasswordHash() != null) {
            json.add("password", "$posthorn$" + Digests.mark(person.getPasswordHash()));
        }
        return Etag.stamped(json.build());
    }

    public JsonObject address(Address address) {
        JsonObjectBuilder json = NewJson.object()
                .add("email", address.getEmail())
                .add("original_email", address.getOriginalEmail())
                .add("registered_on", Shown.time(address.getRegisteredAt()))
                .add("self_link", links.mailman("addresses", address.getEmail()));
        if (address.getDisplayName() != null && !address.getDisplayName().isEmpty()) {
            json.add("display_name", address.getDisplayName());
        }
        add(json, "verified_on", address.verifiedAt());
        address.subscriber().ifPresent(person -> json.add("user", link(person)));
        return Etag.stamped(json.build());
    }

    /** @param of the segments of the path to whose they are */
    public JsonObject preferences(Preferences preferences, Object... of) {
        return Etag.stamped(NewJson.object(Shown.object(PreferenceFields.shown(preferences)))
                .add("self_link", links.mailman(of))
                .build());
    }

    /** @param fields the names of what to show; none: everything */
    public static <T> Function<T, JsonObject> only(List<String> fields, Function<T, JsonObject> shown) {
        if (fields.isEmpty()) {
            return shown;
        }
        Set<String> wanted = Set.copyOf(fields);
        return shown.andThen(whole -> {
            JsonObjectBuilder part = NewJson.object();
            whole.forEach((name, value) -> {
                if (wanted.contains(name) || name.equals("http_etag")) {
                    part.add(name, value);
                }
            });
            return part.build();
        });
    }

    public String id(long id) {
        return links.version().id(id);
    }

    /** @return a number where the version has numbers */
    private jakarta.json.JsonValue shownId(String id) {
        return switch (links.version()) {
            case V30 -> Json.createValue(Long.parseLong(id));
            case V31 -> Json.createValue(id);
        };
    }

    public String link(Subscriber person) {
        return links.mailman("users", id(person.getId()));
    }

    private static void add(JsonObjectBuilder json, String name, Optional<Instant> at) {
        at.ifPresent(instant -> json.add(name, Shown.time(instant)));
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}

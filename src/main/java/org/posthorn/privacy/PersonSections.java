package org.posthorn.privacy;

import jakarta.json.Json;
import jakarta.json.stream.JsonGenerator;
import java.io.OutputStream;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.posthorn.platform.Sql;

/** The sections of the JSON file about a person, written as they are read. */
final class PersonSections {

    private static final int WINDOW = 500;
    private static final String MARKS = "${marks}";

    private final Sql sql;
    private final List<Person> parts;
    private JsonGenerator json;

    /** @param parts of one person; at least one */
    PersonSections(Sql sql, List<Person> parts) {
        this.sql = sql;
        this.parts = parts;
    }

    /** A held post's row and file. */
    record Held(long requestId, long messageId) {
        String file() {
            return "held/" + requestId + ".eml";
        }
    }

    /**
     * @param withHeld whether to tell of held posts, or only how many there are
     * @return the held posts that were told of
     */
    List<Held> write(OutputStream out, Instant at, boolean withHeld) {
        json = Json.createGeneratorFactory(Map.of(JsonGenerator.PRETTY_PRINTING, true))
                .createGenerator(out);
        json.writeStartObject().write("exported_at", at.toString());
        json.writeStartArray("person");
        sql.forEach(
                "select display_name, server_owner, created_at, acknowledge_posts, delivery_mode, delivery_status, hide_address,"
                        + " preferred_language, receive_list_copy, receive_own_postings from subscriber where id = ?",
                this::object,
                parts.get(0).subscriberId());
        json.writeEnd();
        sectionByAddress(
                "addresses",
                "select original_email as email, display_name, registered_at, verified_at, acknowledge_posts, delivery_mode,"
                        + " delivery_status, hide_address, preferred_language, receive_list_copy, receive_own_postings"
                        + " from address where email in ${marks} order by id");
        sectionByAddress(
                "memberships",
                "select l.list_id as list, a.email, m.role, m.joined_at, m.display_name, m.attributes, m.moderation_action,"
                        + " m.acknowledge_posts, m.delivery_mode, m.delivery_status, m.hide_address, m.preferred_language,"
                        + " m.receive_list_copy, m.receive_own_postings, m.bounce_score, m.last_bounce_received"
                        + " from member m join mailing_list l on l.id = m.list_id join address a on a.id = m.address_id"
                        + " where a.email in ${marks} order by m.id");
        sectionByAddress(
                "requests",
                "select l.list_id as list, r.request_type, r.original_email as email, r.display_name, r.requested_at, r.expires_at"
                        + " from subscription_request r join mailing_list l on l.id = r.list_id where r.email in ${marks} order by r.id");
        sectionByAddress(
                "bans",
                "select l.list_id as list, b.email from ban b left join mailing_list l on l.id = b.list_id where b.email in ${marks} order by b.id");
        List<Held> held = withHeld ? held() : List.of();
        if (!withHeld) {
            json.write("held_posts_left_out", countHeld());
        }
        sectionByAddress(
                "posts",
                "select l.list_id as list, p.message_id, p.subject, p.sender, p.size_bytes, p.received_at, p.outcome"
                        + " from posting p left join mailing_list l on l.id = p.list_id where lower(p.sender) in ${marks} order by p.id");
        sectionByAddress(
                "attachments",
                "select l.list_id as list, t.name, t.type, t.size_bytes, t.stored_at, t.expires_at"
                        + " from attachment t left join mailing_list l on l.id = t.list_id where t.sender in ${marks} order by t.id");
        deliveries();
        audit();
        json.writeEnd().close();
        return held;
    }

    /** Rows of one query for each part of the person, whose addresses stand at the mark. */
    private void sectionByAddress(String name, String query) {
        json.writeStartArray(name);
        forEachPart(query, this::object);
        json.writeEnd();
    }

    private void forEachPart(String query, Sql.RowReader reader) {
        for (Person part : parts) {
            sql.forEach(marked(query, part), reader, part.addresses().toArray());
        }
    }

    private static String marked(String query, Person part) {
        return query.replace(MARKS, "(" + PersonRows.marks(part) + ")");
    }

    private void object(ResultSet row) throws SQLException {
        json.writeStartObject();
        for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
            value(row.getMetaData().getColumnLabel(i).toLowerCase(Locale.ROOT), row.getObject(i));
        }
        json.writeEnd();
    }

    private void value(String name, Object value) {
        if (value == null) {
            return;
        }
        if (value instanceof Boolean bool) {
            json.write(name, bool);
        } else if (value instanceof Integer || value instanceof Long) {
            json.write(name, ((Number) value).longValue());
        } else if (value instanceof java.time.OffsetDateTime at) {
            json.write(name, at.toInstant().toString());
        } else if (value instanceof java.sql.Timestamp at) {
            json.write(name, at.toInstant().toString());
        } else {
            json.write(name, value.toString());
        }
    }

    private List<Held> held() {
        List<Held> held = new ArrayList<>();
        json.writeStartArray("held_posts");
        forEachPart(
                "select h.request_id, h.message_id, h.subject, h.reason, h.held_at, l.list_id from held_message h"
                        + " join mailing_list l on l.id = h.list_id where lower(h.sender) in ${marks} order by h.request_id",
                row -> {
                    Held post = new Held(row.getLong("request_id"), row.getLong("message_id"));
                    held.add(post);
                    json.writeStartObject()
                            .write("list", row.getString("list_id"))
                            .write("subject", row.getString("subject"))
                            .write("reason", row.getString("reason"))
                            .write("held_at", Sql.instant(row, "held_at").toString())
                            .write("file", post.file())
                            .writeEnd();
                });
        json.writeEnd();
        return held;
    }

    private int countHeld() {
        int[] held = {0};
        forEachPart(
                "select count(*) from held_message h where lower(h.sender) in ${marks}",
                row -> held[0] += row.getInt(1));
        return held[0];
    }

    /** What was sent to the person, and what became of it; a window of chunks at a time. */
    private void deliveries() {
        json.writeStartArray("deliveries");
        long after = 0;
        for (Optional<Long> last = last("delivery_chunk", after);
                last.isPresent();
                last = last("delivery_chunk", after)) {
            for (Person part : parts) {
                deliveries(part, after, last.get());
            }
            after = last.get();
        }
        json.writeEnd();
    }

    private void deliveries(Person part, long after, long last) {
        List<Object> parameters = new ArrayList<>(part.addresses());
        parameters.add(0, after);
        parameters.add(1, last);
        sql.forEach(
                "select c.id, c.recipients, c.made_at, p.message_id, p.subject, l.list_id from delivery_chunk c"
                        + " join posting p on p.id = c.posting_id left join mailing_list l on l.id = p.list_id"
                        + " where c.id > ? and c.id <= ? and ("
                        + String.join(
                                " or ",
                                Collections.nCopies(
                                        part.addresses().size(),
                                        "position(cast(? as varchar(400)) in lower(c.recipients)) > 0"))
                        + ") order by c.id",
                row -> {
                    for (String address : part.addresses()) {
                        delivery(row, address);
                    }
                },
                parameters.toArray());
    }

    private void delivery(ResultSet row, String address) throws SQLException {
        int index = index(row.getString("recipients"), address);
        if (index < 0) {
            return;
        }
        json.writeStartObject()
                .write("to", address)
                .write("list", Optional.ofNullable(row.getString("list_id")).orElse(""))
                .write("message_id", row.getString("message_id"))
                .write("subject", row.getString("subject"))
                .write("made_at", Sql.instant(row, "made_at").toString());
        fate(row.getLong("id"), index);
        json.writeEnd();
    }

    private static int index(String recipients, String address) {
        List<String> lines = Arrays.asList(recipients.split("\n"));
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).substring(lines.get(i).indexOf('\t') + 1).equalsIgnoreCase(address)) {
                return i;
            }
        }
        return -1;
    }

    private void fate(long chunk, int index) {
        sql.first(
                        "select outcome, smarthost, reply_code, recorded_at from delivery_record where chunk_id = ?"
                                + " and first_index <= ? and last_index >= ?",
                        row -> {
                            json.write("outcome", row.getString("outcome").toLowerCase(Locale.ROOT))
                                    .write("reply_code", row.getInt("reply_code"))
                                    .write("at", Sql.instant(row, "recorded_at").toString());
                            return true;
                        },
                        chunk,
                        index,
                        index)
                .or(() -> {
                    json.write("outcome", "waiting");
                    return Optional.empty();
                });
    }

    /** What others did is told in full where it is about the person; of what the person did to others, that it was done. */
    private void audit() {
        json.writeStartArray("audit_about");
        String about =
                "select at, action, subject_kind as kind, list_name as list, field, old_value, new_value, details"
                        + " from audit_entry where subject_kind in ('user', 'address', 'member', 'person') and subject_name in ";
        forEachPart(about + MARKS + " order by at, id", this::object);
        sql.forEach(
                about + "(?) order by at, id",
                this::object,
                "user " + parts.get(0).subscriberId());
        json.writeEnd();
        sectionByAddress(
                "audit_by",
                "select at, via, action, subject_kind as kind, list_name as list, field from audit_entry where actor in ${marks} order by at, id");
    }

    private Optional<Long> last(String table, long after) {
        return sql.first(
                "select max(id) as last_key from (select id from " + table + " where id > ? order by id fetch first "
                        + WINDOW + " rows only) w",
                row -> Sql.longOrNull(row, "last_key"),
                after);
    }
}

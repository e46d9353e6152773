package org.posthorn.privacy;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.stream.JsonGenerator;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.posthorn.platform.Sql;
import org.posthorn.platform.actor.Needs;
import org.posthorn.platform.actor.Right;
import org.posthorn.platform.audit.AuditLog;
import org.posthorn.platform.audit.AuditSubject;
import org.posthorn.queue.MessageStore;

/**
 * Hands out what the site holds about a person: {@code person.json} and their held posts as they came, in a ZIP file that is
 * written as it is read. Secrets (password hashes) are not in it, nor are other people's addresses, but for what the
 * person wrote.
 */
@ApplicationScoped
public class ExportPerson {

    private static final int WINDOW = 500;

    private final PersonRows rows;
    private final MessageStore messages;
    private final AuditLog audit;
    private final Sql sql;
    private final Clock clock;

    protected ExportPerson() {
        this(null, null, null, null, null);
    }

    @Inject
    public ExportPerson(PersonRows rows, MessageStore messages, AuditLog audit, Sql sql, Clock clock) {
        this.rows = rows;
        this.messages = messages;
        this.audit = audit;
        this.sql = sql;
        this.clock = clock;
    }

    /** An export that may begin: the right was asked for, and the person is known. */
    public final class Prepared {

        private final Person person;

        private Prepared(Person person) {
            this.person = person;
        }

        /** Writes the ZIP file; the stream stays open. */
        public void write(OutputStream out) throws IOException {
            ZipOutputStream zip = new ZipOutputStream(out);
            zip.putNextEntry(new ZipEntry("person.json"));
            List<Held> held = new Sections(person).write(unclosed(zip));
            zip.closeEntry();
            for (Held post : held) {
                zip.putNextEntry(new ZipEntry(post.file()));
                try (InputStream message = messages.open(post.messageId)) {
                    message.transferTo(zip);
                }
                zip.closeEntry();
            }
            zip.finish();
        }
    }

    /**
     * @param email any of the person's addresses
     * @throws org.posthorn.list.InvalidValueException when it is no address
     */
    @Needs(Right.CHANGE_USERS)
    public Prepared prepare(String email) {
        Person person = rows.find(email);
        audit.record("export", AuditSubject.of("person", person.addresses().get(0)), null);
        return new Prepared(person);
    }

    private record Held(long requestId, long messageId) {
        String file() {
            return "held/" + requestId + ".eml";
        }
    }

    private static OutputStream unclosed(OutputStream out) {
        return new FilterOutputStream(out) {
            @Override
            public void write(byte[] octets, int offset, int length) throws IOException {
                out.write(octets, offset, length);
            }

            @Override
            public void close() throws IOException {
                flush();
            }
        };
    }

    /** The sections of the JSON file. */
    private final class Sections {

        private final Person person;
        private final Object[] addresses;
        private final String marks;
        private JsonGenerator json;

        private Sections(Person person) {
            this.person = person;
            this.addresses = person.addresses().toArray();
            this.marks = "(" + PersonRows.marks(person) + ")";
        }

        private List<Held> write(OutputStream out) {
            json = Json.createGeneratorFactory(Map.of(JsonGenerator.PRETTY_PRINTING, true))
                    .createGenerator(out);
            json.writeStartObject().write("exported_at", clock.instant().toString());
            section(
                    "person",
                    "select display_name, server_owner, created_at, acknowledge_posts, delivery_mode, delivery_status, hide_address,"
                            + " preferred_language, receive_list_copy, receive_own_postings from subscriber where id = ?",
                    person.subscriberId());
            section(
                    "addresses",
                    "select original_email as email, display_name, registered_at, verified_at, acknowledge_posts, delivery_mode,"
                            + " delivery_status, hide_address, preferred_language, receive_list_copy, receive_own_postings"
                            + " from address where email in " + marks + " order by id",
                    addresses);
            section(
                    "memberships",
                    "select l.list_id as list, a.email, m.role, m.joined_at, m.display_name, m.attributes, m.moderation_action,"
                            + " m.acknowledge_posts, m.delivery_mode, m.delivery_status, m.hide_address, m.preferred_language,"
                            + " m.receive_list_copy, m.receive_own_postings, m.bounce_score, m.last_bounce_received"
                            + " from member m join mailing_list l on l.id = m.list_id join address a on a.id = m.address_id"
                            + " where a.email in " + marks + " order by m.id",
                    addresses);
            section(
                    "requests",
                    "select l.list_id as list, r.request_type, r.original_email as email, r.display_name, r.requested_at, r.expires_at"
                            + " from subscription_request r join mailing_list l on l.id = r.list_id where r.email in "
                            + marks
                            + " order by r.id",
                    addresses);
            section(
                    "bans",
                    "select l.list_id as list, b.email from ban b left join mailing_list l on l.id = b.list_id where b.email in "
                            + marks + " order by b.id",
                    addresses);
            List<Held> held = held();
            section(
                    "posts",
                    "select l.list_id as list, p.message_id, p.subject, p.sender, p.size_bytes, p.received_at, p.outcome"
                            + " from posting p left join mailing_list l on l.id = p.list_id where lower(p.sender) in "
                            + marks
                            + " order by p.id",
                    addresses);
            deliveries();
            audit();
            json.writeEnd().close();
            return held;
        }

        private void section(String name, String query, Object... parameters) {
            json.writeStartArray(name);
            sql.forEach(
                    query,
                    row -> {
                        json.writeStartObject();
                        for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                            value(
                                    row.getMetaData().getColumnLabel(i).toLowerCase(java.util.Locale.ROOT),
                                    row.getObject(i));
                        }
                        json.writeEnd();
                    },
                    parameters);
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
            sql.forEach(
                    "select h.request_id, h.message_id, h.subject, h.reason, h.held_at, l.list_id from held_message h"
                            + " join mailing_list l on l.id = h.list_id where lower(h.sender) in " + marks
                            + " order by h.request_id",
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
                    },
                    addresses);
            json.writeEnd();
            return held;
        }

        /** What was sent to the person, and what became of it; a window of chunks at a time. */
        private void deliveries() {
            json.writeStartArray("deliveries");
            long after = 0;
            for (Optional<Long> last = last("delivery_chunk", after);
                    last.isPresent();
                    last = last("delivery_chunk", after)) {
                for (String address : person.addresses()) {
                    deliveries(address, after, last.get());
                }
                after = last.get();
            }
            json.writeEnd();
        }

        private void deliveries(String address, long after, long last) {
            sql.forEach(
                    "select c.id, c.recipients, c.made_at, p.message_id, p.subject, l.list_id from delivery_chunk c"
                            + " join posting p on p.id = c.posting_id left join mailing_list l on l.id = p.list_id"
                            + " where c.id > ? and c.id <= ? and position(cast(? as varchar(400)) in lower(c.recipients)) > 0 order by c.id",
                    row -> {
                        int index = index(row.getString("recipients"), address);
                        if (index < 0) {
                            return;
                        }
                        json.writeStartObject()
                                .write("to", address)
                                .write(
                                        "list",
                                        Optional.ofNullable(row.getString("list_id"))
                                                .orElse(""))
                                .write("message_id", row.getString("message_id"))
                                .write("subject", row.getString("subject"))
                                .write("made_at", Sql.instant(row, "made_at").toString());
                        fate(row.getLong("id"), index);
                        json.writeEnd();
                    },
                    after,
                    last,
                    address);
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
                                json.write("outcome", row.getString("outcome").toLowerCase(java.util.Locale.ROOT))
                                        .write("reply_code", row.getInt("reply_code"))
                                        .write(
                                                "at",
                                                Sql.instant(row, "recorded_at").toString());
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
            List<Object> names = new ArrayList<>(person.addresses());
            names.add("user " + person.subscriberId());
            section(
                    "audit_about",
                    "select at, action, subject_kind as kind, list_name as list, field, old_value, new_value, details from audit_entry"
                            + " where subject_kind in ('user', 'address', 'member', 'person') and subject_name in ("
                            + PersonRows.marks(person) + ", ?) order by at, id",
                    names.toArray());
            section(
                    "audit_by",
                    "select at, via, action, subject_kind as kind, list_name as list, field from audit_entry where actor in "
                            + marks + " order by at, id",
                    addresses);
        }

        private Optional<Long> last(String table, long after) {
            return sql.first(
                    "select max(id) as last_key from (select id from " + table
                            + " where id > ? order by id fetch first " + WINDOW + " rows only) w",
                    row -> Sql.longOrNull(row, "last_key"),
                    after);
        }
    }
}

package org.posthorn.privacy;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.posthorn.platform.Sql;
import org.posthorn.platform.actor.Needs;
import org.posthorn.platform.actor.Right;
import org.posthorn.platform.actor.Rights;
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

    private final PersonRows rows;
    private final MessageStore messages;
    private final AuditLog audit;
    private final Rights rights;
    private final Sql sql;
    private final Clock clock;

    protected ExportPerson() {
        this(null, null, null, null, null, null);
    }

    @Inject
    public ExportPerson(PersonRows rows, MessageStore messages, AuditLog audit, Rights rights, Sql sql, Clock clock) {
        this.rows = rows;
        this.messages = messages;
        this.audit = audit;
        this.rights = rights;
        this.sql = sql;
        this.clock = clock;
    }

    /** An export that may begin: the right was asked for, and the person is known. */
    public final class Prepared {

        private final List<Person> parts;
        private final boolean withHeld;

        private Prepared(List<Person> parts, boolean withHeld) {
            this.parts = parts;
            this.withHeld = withHeld;
        }

        /** Writes the ZIP file; the stream stays open. */
        public void write(OutputStream out) throws IOException {
            ZipOutputStream zip = new ZipOutputStream(out);
            zip.putNextEntry(new ZipEntry("person.json"));
            List<PersonSections.Held> held =
                    new PersonSections(sql, parts).write(unclosed(zip), clock.instant(), withHeld);
            zip.closeEntry();
            for (PersonSections.Held post : held) {
                zip.putNextEntry(new ZipEntry(post.file()));
                try (InputStream message = messages.open(post.messageId())) {
                    message.transferTo(zip);
                }
                zip.closeEntry();
            }
            zip.finish();
        }
    }

    /**
     * @param email any of the person's addresses
     * @param withHeld whether their held posts are handed out too; if not, how many were left out is said
     * @throws org.posthorn.list.InvalidValueException when it is no address
     * @throws org.posthorn.platform.actor.NotAllowedException also when held posts are asked for by somebody who may not
     *     moderate all lists
     */
    @Needs(Right.CHANGE_USERS)
    public Prepared prepare(String email, boolean withHeld) {
        if (withHeld) {
            rights.require(Right.MODERATE);
        }
        List<Person> parts = rows.parts(email);
        audit.record(
                "export",
                AuditSubject.of("person", parts.get(0).addresses().get(0)),
                "held=" + (withHeld ? "include" : "omit"));
        return new Prepared(parts, withHeld);
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
}

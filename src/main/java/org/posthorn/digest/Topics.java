package org.posthorn.digest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import org.posthorn.mail.HeaderBlock;
import org.posthorn.mail.NamedAddress;
import org.posthorn.platform.DatabaseException;
import org.posthorn.platform.Text;

/** The table of contents: what each post is about, and who wrote it. */
final class Topics {

    private static final Logger LOG = System.getLogger(Topics.class.getName());
    private static final int LINE = 72;
    private static final int LONGEST = 300;
    private static final String INDENT = "      ";

    private final Digest digest;

    /** @param author and all behind it: may be empty */
    private record Topic(String subject, String author, String date, String page) {}

    Topics(Digest digest) {
        this.digest = digest;
    }

    /** A line or two for each. */
    void write(TextLines lines) throws IOException {
        lines.line(digest.texts().topics(digest.posts().size()));
        lines.line("");
        int number = 0;
        for (CollectedPost post : digest.posts()) {
            Topic topic = topic(post);
            String first = "%4d. %s".formatted(++number, topic.subject());
            String author = "(" + topic.author() + ")";
            if (author.length() == 2) {
                lines.line(first);
            } else if (first.length() + 1 + author.length() <= LINE) {
                lines.line(first + " " + author);
            } else {
                lines.line(first);
                lines.line(INDENT + author);
            }
        }
    }

    /** For each what it is about, who wrote it and when, and where it can be read. */
    void writeWithLinks(TextLines lines) throws IOException {
        lines.line(digest.texts().topics(digest.posts().size()));
        int number = 0;
        for (CollectedPost post : digest.posts()) {
            Topic topic = topic(post);
            lines.line("");
            lines.line("%4d. %s".formatted(++number, topic.subject()));
            for (String line : List.of(topic.author(), topic.date(), topic.page())) {
                if (!line.isEmpty()) {
                    lines.line(INDENT + line);
                }
            }
        }
    }

    /** A post whose header nothing can be made of keeps its number and costs the others nothing. */
    private Topic topic(CollectedPost post) throws IOException {
        try {
            HeaderBlock header = digest.header(post);
            return new Topic(subject(header), author(header), text(header, "Date"), page(header));
        } catch (DatabaseException | UncheckedIOException e) {
            throw e; // Another try may do.
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "a post's header cannot be shown in a digest: posting=" + post.postingId(), e);
            digest.unshown().accept(post);
            return new Topic(digest.texts().unshown(), "", "", "");
        }
    }

    private String subject(HeaderBlock header) {
        String subject = Text.line(header.subject(), LONGEST).strip();
        return subject.isEmpty() ? digest.texts().withoutSubject() : subject;
    }

    /** @return a name, else an address; empty where the post does not say */
    private static String author(HeaderBlock header) {
        return header.addresses("From").stream().findFirst().map(Topics::called).orElse("");
    }

    private static String called(NamedAddress author) {
        String name = Text.line(author.name(), LONGEST).strip();
        return name.isEmpty() ? author.address().address() : name;
    }

    private static String text(HeaderBlock header, String field) {
        return Text.line(header.first(field).orElse(""), LONGEST).strip();
    }

    /** The list's own field: others' were taken out when the post was cooked. */
    private static String page(HeaderBlock header) {
        String field = text(header, "Archived-At");
        return field.startsWith("<") && field.endsWith(">") ? field.substring(1, field.length() - 1) : "";
    }
}

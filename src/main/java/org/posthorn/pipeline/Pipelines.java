package org.posthorn.pipeline;

import java.util.List;
import org.posthorn.list.MailingList;
import org.posthorn.pipeline.handler.Acknowledge;
import org.posthorn.pipeline.handler.Anonymise;
import org.posthorn.pipeline.handler.ArchivedAt;
import org.posthorn.pipeline.handler.Cleanse;
import org.posthorn.pipeline.handler.CookHeaders;
import org.posthorn.pipeline.handler.Decorate;
import org.posthorn.pipeline.handler.LinkAttachments;
import org.posthorn.pipeline.handler.MarkRules;
import org.posthorn.pipeline.handler.MimeDelete;
import org.posthorn.pipeline.handler.Rfc2369;
import org.posthorn.pipeline.handler.SubjectPrefix;
import org.posthorn.pipeline.handler.Tagger;
import org.posthorn.pipeline.handler.ToDigest;
import org.posthorn.pipeline.handler.ToOutgoing;
import org.posthorn.pipeline.handler.ToOwners;

/**
 * What is done to a message on its way out, from the top. To add a handler, write it in {@code pipeline.handler} and give it
 * a line here. Recipients are no handler's matter: {@link FanOut} streams them, since there may be a million.
 */
public final class Pipelines {

    /** Posts to the members. */
    public static final List<Handler> DEFAULT_POSTING = List.of(
            // What the list's content filter does not allow goes, or the post itself.
            new MimeDelete(),
            // What is too large to go to each member stays here, with a link in its place.
            new LinkAttachments(),
            // Whom to tell that it has gone out; by the header as it came.
            new Acknowledge(),
            // Passwords and requests for receipts are for nobody but the list.
            new Cleanse(),
            // On an anonymous list: whatever tells who wrote. Before the list's own fields come in.
            new Anonymise(),
            // X-Topics: what it is about, for members who have chosen topics. Before the prefix comes into the subject.
            new Tagger(),
            // Precedence, the mark against loops, Reply-To.
            new CookHeaders(),
            // Which rules it was asked about; other lists' marks go.
            new MarkRules(),
            // [Name] in the subject, once.
            new SubjectPrefix(),
            // List-Id, List-Post and their like; other lists' go.
            new Rfc2369(),
            // Message-ID-Hash, and where it is in the archive.
            new ArchivedAt(),
            // For the next digest, as it stands now.
            new ToDigest(),
            // The footer; signed mail stays as it is.
            new Decorate(),
            // The list's bounce address and how copies differ.
            new ToOutgoing());

    /** Mailman's pipeline for what needs no more than the list's own fields; an anonymous list stays one. A list can name it in its settings. */
    public static final List<Handler> VIRGIN =
            List.of(new Cleanse(), new Anonymise(), new Tagger(), new CookHeaders(), new Rfc2369(), new ToOutgoing());

    /** Digests, which are written as they go out: the list's own fields and its bounce address. */
    static final List<Handler> DIGEST = List.of(new Rfc2369(), new ToOutgoing());

    /** Mail to the owners and moderators: as it came, but for where errors go. */
    public static final List<Handler> DEFAULT_OWNER = List.of(new ToOwners());

    private Pipelines() {}

    /** Mailman's names of the pipelines that there are, in order. */
    public static List<String> names() {
        return List.of("default-owner-pipeline", "default-posting-pipeline", "virgin");
    }

    /** Whether posts come to digests: else whoever wishes digests gets each post by itself, or they would get nothing. */
    static boolean collects(MailingList list) {
        return list.digests().isDigestsEnabled()
                && posting(list.posting().getPostingPipeline()).stream().anyMatch(ToDigest.class::isInstance);
    }

    /** @return the list's pipeline for posts; the default one where it names none that is there */
    static List<Handler> posting(String name) {
        return name.equals("virgin") ? VIRGIN : DEFAULT_POSTING;
    }
}

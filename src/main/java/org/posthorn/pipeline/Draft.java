package org.posthorn.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.posthorn.list.MailingList;
import org.posthorn.mail.EmailAddress;
import org.posthorn.mail.HeaderBlock;
import org.posthorn.mail.Octets;
import org.posthorn.queue.Posting;
import org.posthorn.queue.RuleMarks;
import org.posthorn.template.TemplateName;

/**
 * A post while it is cooked: its header and footer in memory, to be altered. Its body stays where it is, unless a handler
 * puts another in its place; a handler that finds nothing to send ends the post's way.
 */
public final class Draft {

    private final MailingList list;
    private final Posting posting;
    private final HeaderBlock header;
    private final RuleMarks marks;
    private final String baseUrl;
    private final Function<TemplateName, Optional<String>> templates;
    private final Octets original;
    private final Bench bench;
    private final List<String> notes = new ArrayList<>();
    private Octets body;
    private Ending ending;
    private String above = "";
    private String footer = "";
    private String personalize = "none";
    private String bounces = "";
    private String author = "";
    private boolean collected;

    /** One whose body no handler asks for. */
    public Draft(
            MailingList list,
            Posting posting,
            HeaderBlock header,
            RuleMarks marks,
            String baseUrl,
            Function<TemplateName, Optional<String>> templates) {
        this(list, posting, header, marks, baseUrl, templates, Octets.NONE, Bench.NONE);
    }

    /**
     * @param baseUrl what the list's pages are under, without a slash at its end
     * @param templates the texts that the site has in the place of Posthorn's own
     * @param body as it came
     */
    public Draft(
            MailingList list,
            Posting posting,
            HeaderBlock header,
            RuleMarks marks,
            String baseUrl,
            Function<TemplateName, Optional<String>> templates,
            Octets body,
            Bench bench) {
        this.list = list;
        this.posting = posting;
        this.header = header;
        this.marks = marks;
        this.baseUrl = baseUrl;
        this.templates = templates;
        this.original = body;
        this.bench = bench;
        this.body = body;
    }

    public MailingList list() {
        return list;
    }

    public Posting posting() {
        return posting;
    }

    /** To be altered in place. */
    public HeaderBlock header() {
        return header;
    }

    /** As the handlers before have left it. To read it is another pass over the stored message: none does without need. */
    public Octets body() {
        return body;
    }

    /** Puts another in its place; the header's fields about the content are the handler's to mend. */
    public void putBody(Octets other) {
        this.body = other;
    }

    /** Whether a handler has put another body in the place of the one that came. */
    public boolean hasOtherBody() {
        return body != original;
    }

    public Bench bench() {
        return bench;
    }

    /** Says in the post's trace what was altered. @param note a line; what comes from mail in it is cut by the trace */
    public void note(String note) {
        notes.add(note);
    }

    /** In order. */
    public List<String> notes() {
        return List.copyOf(notes);
    }

    /** No handler comes after this one, and the post goes to no member. */
    public void end(Ending end) {
        this.ending = end;
    }

    /** @return empty: it goes on */
    public Optional<Ending> ending() {
        return Optional.ofNullable(ending);
    }

    /** Which rules it was asked about. */
    public RuleMarks marks() {
        return marks;
    }

    /** What the list's pages are under, without a slash at its end. */
    public String baseUrl() {
        return baseUrl;
    }

    /** @return the site's text in the place of Posthorn's own, its variables not yet replaced; empty: there is none */
    public Optional<String> template(TemplateName name) {
        return templates.apply(name);
    }

    /** What comes above the text; empty: nothing. */
    public String above() {
        return above;
    }

    public void putAbove(String text) {
        this.above = text;
    }

    /** What comes below the text; empty: nothing. */
    public String footer() {
        return footer;
    }

    public void putFooter(String text) {
        this.footer = text;
    }

    /** See {@link OutAttributes#PERSONALIZE}. */
    public String personalize() {
        return personalize;
    }

    /** See {@link OutAttributes#BOUNCES}. */
    public String bounces() {
        return bounces;
    }

    /** Who may be told that the post has gone out; empty: nobody. */
    public String author() {
        return author;
    }

    public void acknowledgeTo(EmailAddress address) {
        this.author = address.address();
    }

    /** Whether it is for digests, too, as it stands now. */
    public boolean isCollected() {
        return collected;
    }

    /** It is kept for the list's next digest, if anybody reads digests. */
    public void collect() {
        collected = true;
    }

    public void leaveBy(String bounces, String personalize) {
        this.bounces = bounces;
        this.personalize = personalize;
    }
}

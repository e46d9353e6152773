package org.posthorn.pipeline;

import java.util.Optional;
import java.util.function.Function;
import org.posthorn.list.MailingList;
import org.posthorn.mail.EmailAddress;
import org.posthorn.mail.HeaderBlock;
import org.posthorn.queue.Posting;
import org.posthorn.queue.RuleMarks;
import org.posthorn.template.TemplateName;

/** A post while it is cooked: its header and footer in memory, to be altered; its body stays where it is. */
public final class Draft {

    private final MailingList list;
    private final Posting posting;
    private final HeaderBlock header;
    private final RuleMarks marks;
    private final String baseUrl;
    private final Function<TemplateName, Optional<String>> templates;
    private String above = "";
    private String footer = "";
    private String personalize = "none";
    private String bounces = "";
    private String author = "";

    /**
     * @param baseUrl what the list's pages are under, without a slash at its end
     * @param templates the texts that the site has in the place of Posthorn's own
     */
    public Draft(
            MailingList list,
            Posting posting,
            HeaderBlock header,
            RuleMarks marks,
            String baseUrl,
            Function<TemplateName, Optional<String>> templates) {
        this.list = list;
        this.posting = posting;
        this.header = header;
        this.marks = marks;
        this.baseUrl = baseUrl;
        this.templates = templates;
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

    public void leaveBy(String bounces, String personalize) {
        this.bounces = bounces;
        this.personalize = personalize;
    }
}

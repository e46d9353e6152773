package org.posthorn.pipeline;

import org.posthorn.list.MailingList;
import org.posthorn.mail.HeaderBlock;
import org.posthorn.queue.Posting;
import org.posthorn.queue.RuleMarks;

/** A post while it is cooked: its header and footer in memory, to be altered; its body stays where it is. */
public final class Draft {

    private final MailingList list;
    private final Posting posting;
    private final HeaderBlock header;
    private final RuleMarks marks;
    private final String baseUrl;
    private String footer = "";
    private String personalize = "none";
    private String bounces = "";

    /** @param baseUrl what the list's pages are under, without a slash at its end */
    public Draft(MailingList list, Posting posting, HeaderBlock header, RuleMarks marks, String baseUrl) {
        this.list = list;
        this.posting = posting;
        this.header = header;
        this.marks = marks;
        this.baseUrl = baseUrl;
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

    public void leaveBy(String bounces, String personalize) {
        this.bounces = bounces;
        this.personalize = personalize;
    }
}

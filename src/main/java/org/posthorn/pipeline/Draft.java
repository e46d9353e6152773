package org.posthorn.pipeline;

import org.posthorn.list.MailingList;
import org.posthorn.mail.HeaderBlock;
import org.posthorn.queue.Posting;

/** A post while it is cooked: its header and footer in memory, to be altered; its body stays where it is. */
public final class Draft {

    private final MailingList list;
    private final Posting posting;
    private final HeaderBlock header;
    private String footer = "";
    private String personalize = "none";
    private String bounces = "";

    public Draft(MailingList list, Posting posting, HeaderBlock header) {
        this.list = list;
        this.posting = posting;
        this.header = header;
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

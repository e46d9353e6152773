package org.posthorn.moderation;

/** Whether a post asks to wait for no digest ({@code Urgent:}, as in Mailman 2.1), and whether it may. */
public enum Urgency {
    NOT_ASKED,
    /** The field has the list's moderator password, or the post is approved by it. */
    GRANTED,
    /** The field has anything else, or nothing, or the list has no password. */
    REFUSED
}

package org.posthorn.template;

import java.util.Locale;

/**
 * What a template can name besides what is so of its list ({@link Variables#of}), each with an example for previews and
 * {@code docs/templates.md}. Some are there twice, under Posthorn's name and under Mailman's.
 */
public enum Variable {
    ADMINADDR("list-owner@example.com"),
    ANSWER("Or answer this mail: accept, reject, discard, defer.\n\n"),
    COUNT("3"),
    DATA("ann@example.com: Minutes of Tuesday"),
    EMAIL("ann@example.com"),
    LINK("https://lists.example.com/confirm"),
    MEMBER("Ann Example <ann@example.com>"),
    MOST("10"),
    NUM("10"),
    REASON("The message is not from a list member."),
    REASONS("The message is not from a list member."),
    REQUEST("Minutes of Tuesday"),
    SENDER("ann@example.com"),
    SENDER_EMAIL("ann@example.com"),
    SUBJECT("Minutes of Tuesday"),
    TOKEN("0123456789abcdef"),
    USER_ADDRESS("ann@example.com"),
    USER_DELIVERED_TO("Ann@example.com"),
    USER_EMAIL("ann@example.com"),
    USER_LANGUAGE("English"),
    USER_NAME("Ann Example"),
    USER_NAME_OR_ADDRESS("Ann Example"),
    USER_NAME_OR_EMAIL("Ann Example"),
    USER_OPTIONSURL("https://lists.example.com/lists/list.example.com");

    private final String example;

    Variable(String example) {
        this.example = example;
    }

    /** As texts name it, without the dollar sign. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String example() {
        return example;
    }
}

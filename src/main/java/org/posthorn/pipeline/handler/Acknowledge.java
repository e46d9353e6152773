package org.posthorn.pipeline.handler;

import org.posthorn.mail.EmailAddress;
import org.posthorn.mail.HeaderBlock;
import org.posthorn.mail.NamedAddress;
import org.posthorn.pipeline.Draft;
import org.posthorn.pipeline.Handler;
import org.posthorn.template.Answerable;

/**
 * Notes whom to tell that the post has gone out, if they wish it: its author, by the header as it came, unless the mail is
 * one that must not be answered. They are told when all copies are under way.
 */
public final class Acknowledge implements Handler {

    @Override
    public String name() {
        return "acknowledge";
    }

    @Override
    public void handle(Draft draft) {
        HeaderBlock header = draft.header();
        Answerable.author(header, draft.posting().sender())
                .ifPresent(reversePath -> draft.acknowledgeTo(author(header, reversePath)));
    }

    private static EmailAddress author(HeaderBlock header, EmailAddress reversePath) {
        return header.addresses("From").stream()
                .findFirst()
                .map(NamedAddress::address)
                .orElse(reversePath);
    }
}

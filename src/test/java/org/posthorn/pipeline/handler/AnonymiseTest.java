package org.posthorn.pipeline.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.posthorn.pipeline.handler.Drafts.aDraft;

import org.junit.jupiter.api.Test;

class AnonymiseTest {

    @Test
    void anonymiseShouldLeaveAnOrdinaryListsPostsAlone() {
        assertThat(aDraft().field("From", "ann@example.com").headerAfter(new Anonymise()))
                .isEqualTo("From: ann@example.com\r\n\r\n");
    }

    @Test
    void anonymiseShouldLeaveNoTraceOfTheAuthorInTheHeader() {
        Drafts draft = aDraft();
        draft.list.appearance().setAnonymousList(true);
        for (String field : new String[] {
            "From",
            "Sender",
            "Reply-To",
            "Received",
            "X-Originating-IP",
            "X-Mailer",
            "User-Agent",
            "Organization",
            "Autocrypt",
            "DKIM-Signature",
            "ARC-Seal",
            "Resent-From",
            "Return-Path"
        }) {
            draft.field(field, "ann@home.example");
        }
        String header = draft.field("Message-ID", "<1@x>").field("Subject", "s").headerAfter(new Anonymise());
        assertThat(header)
                .doesNotContain("ann")
                .contains(
                        "Message-ID: <1@x>",
                        "Subject: s",
                        "From: Test <test@lists.example.org>",
                        "Reply-To: test@lists.example.org");
    }
}

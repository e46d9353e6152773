package org.posthorn.pipeline.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.posthorn.pipeline.handler.Drafts.aDraft;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CleanseTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Approved",
                "APPROVE",
                "X-Approve",
                "X-Approved",
                "Urgent",
                "Return-Path",
                "Return-Receipt-To",
                "Disposition-Notification-To",
                "X-Confirm-Reading-To",
                "X-PMRQC"
            })
    void cleanseShouldTakeOutWhatIsNotForMembers(String field) {
        assertThat(aDraft().field("Subject", "x")
                        .field(field, "secret")
                        .field("To", "y@example.com")
                        .headerAfter(new Cleanse()))
                .isEqualTo("Subject: x\r\nTo: y@example.com\r\n\r\n");
    }

    @Test
    void cleanseShouldKeepEverythingElseAsItCame() {
        String header = aDraft().field("Received", "from a\r\n\tby b")
                .field("DKIM-Signature", "v=1;  b=abc\r\n def")
                .field("Message-ID", "<m@example.com>")
                .field("subject", "a   b")
                .headerAfter(new Cleanse());
        assertThat(header)
                .isEqualTo(
                        "Received: from a\r\n\tby b\r\nDKIM-Signature: v=1;  b=abc\r\n def\r\nMessage-ID: <m@example.com>\r\nsubject: a   b\r\n\r\n");
    }
}

package org.posthorn.delivery.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FateTest {

    private static Fate ofRecipient(String reply) {
        return Fate.ofRecipient(Integer.parseInt(reply.substring(0, 3)), reply);
    }

    private static boolean wantsAuthentication(String reply) {
        return Fate.wantsAuthentication(Integer.parseInt(reply.substring(0, 3)), reply);
    }

    private static Fate ofMessage(String reply) {
        return Fate.ofMessage(Integer.parseInt(reply.substring(0, 3)), reply);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "550 5.1.1 no such mailbox",
                "550 5.1.1 <relay@example.org> unknown in relay recipient table",
                "552 5.2.2 mailbox full",
                "550 no such user here",
                "550 <relay@example.org> no such user",
                "553 mailbox name not allowed"
            })
    void aMailboxReasonIsTheRecipients(String reply) {
        assertThat(ofRecipient(reply)).isEqualTo(new Fate.Refused(reply));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "550 5.7.1 not from you",
                "554 rejected",
                "550 5.1.8 sender's domain not found",
                "550 5.0.0 no",
                "550 5.7.0 message blocked"
            })
    void anyOtherRefusalOfARecipientIsThePosts(String reply) {
        assertThat(ofRecipient(reply)).isEqualTo(new Fate.PostRefused(reply));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "554 5.7.1 <a@example.org>: Relay access denied",
                "550 relay not permitted",
                "550 5.7.54 Unable to relay",
                "530 5.7.0 authentication required",
                "530 authentication required"
            })
    void aSmarthostThatDoesNotServeUsSaysNothingAboutTheRecipient(String reply) {
        assertThat(ofRecipient(reply)).isEqualTo(new Fate.NotServed(reply));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "530 5.7.0 must issue a STARTTLS command first",
                "535 5.7.8 bad credentials",
                "538 5.7.11 encryption required",
                "550 5.7.8 log in"
            })
    void aSmarthostThatWantsUsToAuthenticateSaysNothingAboutTheMessage(String reply) {
        assertThat(wantsAuthentication(reply)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"554 5.7.1 we think it is spam", "552 5.3.4 too big", "550 5.7.0 virus", "554 5.6.0 no"})
    void anyOtherRefusalOfAMessageIsThePosts(String reply) {
        assertThat(wantsAuthentication(reply)).isFalse();
        assertThat(ofMessage(reply)).isEqualTo(new Fate.PostRefused(reply));
    }

    @ParameterizedTest
    @ValueSource(strings = {"450 4.2.0 greylisted", "452 4.3.1 no space", "451 4.7.1 relay busy"})
    void aTransientReplyMeansLater(String reply) {
        assertThat(ofRecipient(reply)).isEqualTo(new Fate.Deferred(reply));
        assertThat(ofMessage(reply)).isEqualTo(new Fate.PostDeferred(reply));
    }

    @Test
    void oneTooManyIsNoRefusal() {
        Fate.Deferred old = new Fate.Deferred("552 5.5.3 too many recipients");
        assertThat(Fate.ofRecipient(552, "552 5.5.3 too many recipients")).isEqualTo(old);
        assertThat(Fate.isOneTooMany(old)).isTrue();
        assertThat(Fate.isOneTooMany(Fate.ofRecipient(452, "452 4.5.3 later"))).isTrue();
        assertThat(Fate.isOneTooMany(Fate.ofRecipient(452, "452 Too many recipients")))
                .isTrue();
        assertThat(Fate.isOneTooMany(Fate.ofRecipient(452, "452 4.2.2 too many in the mailbox")))
                .isFalse();
        assertThat(Fate.isOneTooMany(Fate.ofRecipient(552, "552 5.2.2 mailbox full")))
                .isFalse();
        assertThat(Fate.isOneTooMany(Fate.delivered("250 2.0.0 too many"))).isFalse();
    }
}

package org.posthorn.pipeline.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.posthorn.pipeline.handler.Drafts.aDraft;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.posthorn.list.Personalization;
import org.posthorn.list.ReplyGoesTo;

class CookHeadersTest {

    @Test
    void cookHeadersShouldMarkThePostAsTheListsAndLeaveAutoSubmitted() {
        String header = aDraft().field("Auto-Submitted", "auto-generated")
                .field("Reply-To", "ann@example.com")
                .headerAfter(new CookHeaders());
        assertThat(header)
                .isEqualTo(
                        "Auto-Submitted: auto-generated\r\nReply-To: ann@example.com\r\nX-BeenThere: test@lists.example.org\r\nPrecedence: list\r\n\r\n");
    }

    @Test
    void cookHeadersShouldKeepAnAuthorsPrecedence() {
        assertThat(aDraft().field("Precedence", "bulk").headerAfter(new CookHeaders()))
                .contains("Precedence: bulk")
                .doesNotContain("Precedence: list");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "NO_MUNGING           | false | ann@example.com",
                "NO_MUNGING           | true  | ",
                "POINT_TO_LIST        | false | ann@example.com, Test <test@lists.example.org>",
                "POINT_TO_LIST        | true  | Test <test@lists.example.org>",
                "EXPLICIT_HEADER      | false | desk@example.org, ann@example.com",
                "EXPLICIT_HEADER      | true  | desk@example.org",
                "EXPLICIT_HEADER_ONLY | false | desk@example.org",
                "EXPLICIT_HEADER_ONLY | true  | desk@example.org",
            })
    void cookHeadersShouldDirectReplies(ReplyGoesTo goesTo, boolean strip, String expected) {
        Drafts draft = aDraft().field("Reply-To", "ann@example.com");
        draft.list.appearance().setReplyGoesToList(goesTo);
        draft.list.appearance().setFirstStripReplyTo(strip);
        draft.list.appearance().setReplyToAddress("desk@example.org");
        assertThat(draft.after(new CookHeaders()).header().values("Reply-To"))
                .isEqualTo(expected == null ? List.of() : List.of(expected));
    }

    @Test
    void cookHeadersShouldNameEachReplyAddressOnce() {
        Drafts draft = aDraft().field("Reply-To", "TEST@lists.example.org, ann@example.com, Ann <ANN@example.com>");
        draft.list.appearance().setReplyGoesToList(ReplyGoesTo.POINT_TO_LIST);
        assertThat(draft.after(new CookHeaders()).header().addresses("Reply-To"))
                .hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "FULL       | NO_MUNGING    | false | bob@example.com, Test <test@lists.example.org>",
                "FULL       | POINT_TO_LIST | false | bob@example.com",
                "FULL       | NO_MUNGING    | true  | bob@example.com",
                "INDIVIDUAL | NO_MUNGING    | false | bob@example.com",
                "NONE       | NO_MUNGING    | false | bob@example.com",
            })
    void theListShouldStayAddressedWhereToNamesTheRecipient(
            Personalization personalize, ReplyGoesTo goesTo, boolean anonymous, String expected) {
        Drafts draft = aDraft().field("Cc", "bob@example.com");
        draft.list.appearance().setPersonalize(personalize);
        draft.list.appearance().setReplyGoesToList(goesTo);
        draft.list.appearance().setAnonymousList(anonymous);
        assertThat(draft.after(new CookHeaders()).header().values("Cc")).containsExactly(expected);
    }

    @Test
    void aListThatIsInCcShouldNotBeNamedTwice() {
        Drafts draft = aDraft().field("Cc", "The list <TEST@lists.example.org>");
        draft.list.appearance().setPersonalize(Personalization.FULL);
        assertThat(draft.after(new CookHeaders()).header().values("Cc"))
                .containsExactly("The list <TEST@lists.example.org>");
    }
}

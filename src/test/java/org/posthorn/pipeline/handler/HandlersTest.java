package org.posthorn.pipeline.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.posthorn.pipeline.handler.Drafts.aDraft;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.posthorn.list.Personalization;
import org.posthorn.list.ReplyGoesTo;
import org.posthorn.pipeline.Draft;
import org.posthorn.pipeline.Handler;
import org.posthorn.pipeline.Pipelines;
import org.posthorn.template.TemplateName;

class HandlersTest {

    // cleanse

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

    // anonymise

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

    // cook-headers

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

    // subject-prefix

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hello                       | [Test] hello",
                "Re: hello                   | [Test] Re: hello",
                "''                          | [Test] (no subject)",
                "[Other] hello               | [Test] [Other] hello",
                "about [Test] things         | [Test] about [Test] things",
                "=?iso-8859-1?Q?Gr=FC=DFe?=  | [Test] Grüße",
            })
    void subjectPrefixShouldComeBeforeTheSubject(String subject, String expected) {
        assertThat(aDraft().field("Subject", subject)
                        .after(new SubjectPrefix())
                        .header()
                        .subject())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[Test] hello",
                "[test] hello",
                "Re: [Test] hello",
                "RE:[Test] x",
                "Re[2]: [Test] x",
                "Re^3: [Test] x",
                "AW: WG: [Test] x",
                "Fwd: re:   [Test] x",
                "=?utf-8?Q?Re=3A_[Test]_Gr=C3=BC=C3=9Fe?=",
                "Ответ: [Test] x"
            })
    void subjectPrefixShouldLeaveASubjectThatHasItOctetForOctet(String subject) {
        assertThat(aDraft().field("SUBJECT", subject).headerAfter(new SubjectPrefix()))
                .isEqualTo("SUBJECT: " + subject + "\r\n\r\n");
    }

    @Test
    void subjectPrefixShouldAddOneToAMessageWithoutSubject() {
        assertThat(aDraft().field("To", "x@y.example")
                        .after(new SubjectPrefix())
                        .header()
                        .subject())
                .isEqualTo("[Test] (no subject)");
    }

    @Test
    void subjectPrefixShouldDoNothingWithoutAPrefix() {
        Drafts draft = aDraft().field("Subject", "a");
        draft.list.appearance().setSubjectPrefix("  ");
        assertThat(draft.headerAfter(new SubjectPrefix())).isEqualTo("Subject: a\r\n\r\n");
    }

    // rfc-2369

    @Test
    void rfc2369ShouldPutTheListsFieldsInTheOthersPlace() {
        String header = aDraft().field("List-Id", "<other.example.org>")
                .field("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")
                .field("list-archive", "<http://other.example.org/>")
                .headerAfter(new Rfc2369());
        assertThat(header).isEqualTo("""
                        List-Id: Test <test.lists.example.org>
                        List-Help: <mailto:test-request@lists.example.org?subject=help>
                        List-Owner: <mailto:test-owner@lists.example.org>
                        List-Post: <mailto:test@lists.example.org>
                        List-Subscribe: <mailto:test-join@lists.example.org>
                        List-Unsubscribe: <mailto:test-leave@lists.example.org>

                        """.replace("\n", "\r\n"));
    }

    @Test
    void rfc2369ShouldSayNoWhereNobodyMayPost() {
        Drafts draft = aDraft();
        draft.list.posting().setAllowListPosts(false);
        assertThat(draft.headerAfter(new Rfc2369())).contains("List-Post: NO\r\n");
    }

    @Test
    void decorateShouldTakeTheSitesTextsWithTheListsVariables() {
        Drafts draft = aDraft().field("Subject", "s");
        draft.templates.put(TemplateName.REGULAR_HEADER, "To ${display_name}:");
        draft.templates.put(TemplateName.REGULAR_FOOTER, "$listname, $list_id, $user_email");
        Draft decorated = draft.after(new Decorate());
        assertThat(decorated.above()).isEqualTo("To Test:");
        assertThat(decorated.footer()).isEqualTo("test@lists.example.org, test.lists.example.org, $user_email");
        draft.templates.put(TemplateName.REGULAR_FOOTER, "");
        assertThat(draft.after(new Decorate()).footer())
                .as("the site wants none")
                .isEmpty();
    }

    @Test
    void rfc2369ShouldLeaveTheListIdAloneWhereTheListWantsNoMore() {
        Drafts draft = aDraft();
        draft.list.appearance().setIncludeRfc2369Headers(false);
        assertThat(draft.headerAfter(new Rfc2369())).isEqualTo("List-Id: Test <test.lists.example.org>\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"A <b@c>, \"D\"", "Größe", "=?utf-8?q?x?=", "", "<evil.example.org>"})
    void rfc2369ShouldEndTheListIdWithTheListsIdWhateverItsName(String name) {
        Drafts draft = aDraft();
        draft.list.presentation().setDisplayName(name);
        String id = draft.after(new Rfc2369()).header().values("List-Id").get(0);
        assertThat(id).endsWith("<test.lists.example.org>").isASCII();
        assertThat(id.chars().filter(c -> c == '<')).hasSize(1);
    }

    // decorate

    @ParameterizedTest
    @CsvSource({
        "en, To unsubscribe",
        "de, Zum Abmelden",
        "fr, Pour vous désabonner",
        "es, Para darse de baja",
        "xx, To unsubscribe",
        "de-AT, Zum Abmelden"
    })
    void decorateShouldSpeakTheListsLanguage(String language, String expected) {
        Drafts draft = aDraft();
        draft.list.presentation().setPreferredLanguage(language);
        assertThat(draft.after(new Decorate()).footer())
                .contains(expected, "test-leave@lists.example.org", "test@lists.example.org", "Test");
    }

    // to-outgoing

    @Test
    void toOutgoingShouldUseTheListsBounceAddress() {
        Drafts draft = aDraft();
        draft.list.appearance().setPersonalize(Personalization.INDIVIDUAL);
        Draft after = draft.after(new ToOutgoing());
        assertThat(after.bounces()).isEqualTo("test-bounces@lists.example.org");
        assertThat(after.personalize()).isEqualTo("individual");
    }

    @Test
    void toOwnersShouldNotUseTheListsBounceAddress() {
        assertThat(aDraft().after(new ToOwners()).bounces()).isEqualTo("site-bounces@lists.example.org");
    }

    // all of them

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Test\r\nX-Injected: yes",
                "Test\nX-Injected: yes",
                "Test\rX-Injected: yes",
                "Test\r\n\r\nX-Injected: body",
                "Test\u2028X-Injected: yes\0",
                "\u0085X-Injected: yes"
            })
    void noSettingShouldBringAFieldOfItsOwnIntoTheHeader(String value) {
        Drafts draft = aDraft().field("From", "ann@example.com").field("Subject", "s");
        draft.list.presentation().setDisplayName(value);
        draft.list.presentation().setDescription(value);
        draft.list.presentation().setInfo(value);
        draft.list.appearance().setSubjectPrefix(value);
        draft.list.appearance().setReplyToAddress(value);
        for (ReplyGoesTo goesTo : ReplyGoesTo.values()) {
            for (boolean anonymous : new boolean[] {false, true}) {
                draft.list.appearance().setReplyGoesToList(goesTo);
                draft.list.appearance().setAnonymousList(anonymous);
                Draft after = draft.after(new Untouched());
                for (Handler handler : Pipelines.DEFAULT_POSTING) {
                    handler.handle(after);
                }
                assertThat(after.header().toString())
                        .doesNotContainPattern("(?m)(^|\r|\n|\u0085|\u2028)X-Injected")
                        .endsWith("\r\n\r\n");
                assertThat(after.header().toString().indexOf("\r\n\r\n"))
                        .isEqualTo(after.header().toString().length() - 4);
            }
        }
    }

    @Test
    void thePostingPipelineShouldCookTheWholeHeader() {
        Drafts draft = aDraft().field("Received", "from a")
                .field("DKIM-Signature", "v=1")
                .field("From", "Ann <ann@example.com>")
                .field("To", "test@lists.example.org")
                .field("Message-ID", "<m@example.com>")
                .field("Approved", "password")
                .field("Subject", "First light");
        Draft after = draft.after(new Cleanse());
        Pipelines.DEFAULT_POSTING.forEach(handler -> handler.handle(after));
        assertThat(after.header().toString()).isEqualTo("""
                        Received: from a
                        DKIM-Signature: v=1
                        From: Ann <ann@example.com>
                        To: test@lists.example.org
                        Message-ID: <m@example.com>
                        Subject: [Test] First light
                        X-BeenThere: test@lists.example.org
                        Precedence: list
                        List-Id: Test <test.lists.example.org>
                        List-Help: <mailto:test-request@lists.example.org?subject=help>
                        List-Owner: <mailto:test-owner@lists.example.org>
                        List-Post: <mailto:test@lists.example.org>
                        List-Subscribe: <mailto:test-join@lists.example.org>
                        List-Unsubscribe: <mailto:test-leave@lists.example.org>

                        """.replace("\n", "\r\n"));
    }

    private static final class Untouched implements Handler {

        @Override
        public String name() {
            return "untouched";
        }

        @Override
        public void handle(Draft draft) {
            // leaves it as it came
        }
    }
}

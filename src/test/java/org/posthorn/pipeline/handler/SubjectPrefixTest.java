package org.posthorn.pipeline.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.posthorn.pipeline.handler.Drafts.aDraft;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubjectPrefixTest {

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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[Test %d]    | hello                        | [Test 7] hello",
                "[Test %05d]  | hello                        | [Test 00007] hello",
                "(%d) [%02d]  | hello                        | (7) [07] hello",
                "[Test %d]    | Re: [Test 3] hello           | [Test 7] Re: hello",
                "[Test %d]    | [Test 5] Re: [Test 3] hello  | [Test 7] Re: hello",
                "[Test %d]    | [Test 5] [Test 3] hello      | [Test 7] hello",
                "[Test %05d]  | AW: [test 00003] hello       | [Test 00007] AW: hello",
                "[Test %d]    | about [Test 3] things        | [Test 7] about [Test 3] things",
                "[Test %d]    | [Test x] hello               | [Test 7] [Test x] hello",
                "[Test %d]    | Re: [Test 3]                 | [Test 7] Re: ",
                "[Test %d]    | ''                           | [Test 7] (no subject)",
                "100%s of %d  | hello                        | 100%s of 7 hello",
            })
    void numberInThePrefixShouldBeThePostsOwnAndNoOther(String prefix, String subject, String expected) {
        Drafts draft = aDraft().field("Subject", subject);
        draft.list.appearance().setSubjectPrefix(prefix + " ");

        assertThat(draft.after(new SubjectPrefix()).header().subject().strip()).isEqualTo(expected.strip());
    }
}

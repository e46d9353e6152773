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
}

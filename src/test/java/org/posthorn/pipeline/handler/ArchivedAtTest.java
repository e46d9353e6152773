package org.posthorn.pipeline.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.posthorn.pipeline.handler.Drafts.aDraft;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.posthorn.list.ArchivePolicy;

class ArchivedAtTest {

    @Test
    void theHashShouldBeMailmans() {
        assertThat(ArchivedAt.hash("<87myycy5eh.fsf@uwakimon.sk.tsukuba.ac.jp>"))
                .as("RFC 5064's example")
                .isEqualTo("JJIGKPKB6CVDX6B2CUG4IHAJRIQIOUTP");
        assertThat(ArchivedAt.hash("87myycy5eh.fsf@uwakimon.sk.tsukuba.ac.jp"))
                .isEqualTo("JJIGKPKB6CVDX6B2CUG4IHAJRIQIOUTP");
    }

    @Test
    void thePostsPageShouldBeUnderThePublicUrlAndOtherListsPagesGo() {
        String header = aDraft().field("Message-ID", "<87myycy5eh.fsf@uwakimon.sk.tsukuba.ac.jp>")
                .field("Archived-At", "<https://elsewhere.example/1>")
                .field("Message-ID-Hash", "FORGED")
                .headerAfter(new ArchivedAt());
        assertThat(header).isEqualTo("""
                        Message-ID: <87myycy5eh.fsf@uwakimon.sk.tsukuba.ac.jp>
                        Message-ID-Hash: JJIGKPKB6CVDX6B2CUG4IHAJRIQIOUTP
                        Archived-At: <https://lists.example.org/archives/list/test@lists.example.org/message/JJIGKPKB6CVDX6B2CUG4IHAJRIQIOUTP/>

                        """.replace("\n", "\r\n"));
    }

    @Test
    void aListThatIsNeverArchivedShouldHaveNoPage() {
        Drafts draft = aDraft().field("Message-ID", "<m@example.com>");
        draft.list.archiving().setArchivePolicy(ArchivePolicy.NEVER);
        assertThat(draft.headerAfter(new ArchivedAt()))
                .contains("Message-ID-Hash: ")
                .doesNotContain("Archived-At");
    }

    @ParameterizedTest
    @CsvSource({"X-No-Archive, yes", "X-Archive, No"})
    void anAuthorWhoWantsNoArchiveShouldHaveNoPage(String field, String value) {
        assertThat(aDraft().field("Message-ID", "<m@example.com>")
                        .field(field, value)
                        .headerAfter(new ArchivedAt()))
                .doesNotContain("Archived-At");
    }

    @Test
    void aMessageWithoutMessageIdShouldHaveNeither() {
        assertThat(aDraft().field("Subject", "x").headerAfter(new ArchivedAt())).isEqualTo("Subject: x\r\n\r\n");
    }
}

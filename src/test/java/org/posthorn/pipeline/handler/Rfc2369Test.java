package org.posthorn.pipeline.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.posthorn.pipeline.handler.Drafts.aDraft;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.posthorn.list.ArchivePolicy;

class Rfc2369Test {

    @Test
    void rfc2369ShouldPutTheListsFieldsInTheOthersPlace() {
        String header = aDraft().field("List-Id", "<other.example.org>")
                .field("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")
                .field("list-archive", "<http://other.example.org/>")
                .headerAfter(new Rfc2369());
        assertThat(header).isEqualTo("""
                        List-Id: Test <test.lists.example.org>
                        List-Help: <mailto:test-request@lists.example.org?subject=help>,
                         <https://lists.example.org/lists/test.lists.example.org>
                        List-Owner: <mailto:test-owner@lists.example.org>
                        List-Post: <mailto:test@lists.example.org>
                        List-Subscribe: <mailto:test-join@lists.example.org>,
                         <https://lists.example.org/lists/test.lists.example.org>
                        List-Unsubscribe: <mailto:test-leave@lists.example.org>,
                         <https://lists.example.org/lists/test.lists.example.org>
                        List-Archive: <https://lists.example.org/lists/test.lists.example.org>

                        """.replace("\n", "\r\n"));
    }

    @Test
    void rfc2369ShouldSayNoWhereNobodyMayPost() {
        Drafts draft = aDraft();
        draft.list.posting().setAllowListPosts(false);
        assertThat(draft.headerAfter(new Rfc2369())).contains("List-Post: NO\r\n");
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

    @Test
    void rfc2369ShouldNotNameThePageOfAListThatIsNotAdvertised() {
        Drafts draft = aDraft();
        draft.list.presentation().setAdvertised(false);
        assertThat(draft.headerAfter(new Rfc2369()))
                .contains("List-Unsubscribe: <mailto:")
                .doesNotContain("https:");
    }

    @Test
    void rfc2369ShouldNameNoArchiveWhereThereIsNever() {
        Drafts draft = aDraft();
        draft.list.archiving().setArchivePolicy(ArchivePolicy.NEVER);
        assertThat(draft.headerAfter(new Rfc2369())).contains("List-Help: ").doesNotContain("List-Archive");
    }
}

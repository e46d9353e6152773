package org.posthorn.pipeline.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.posthorn.pipeline.handler.Drafts.aDraft;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.posthorn.list.ReplyGoesTo;
import org.posthorn.pipeline.Draft;
import org.posthorn.pipeline.Handler;
import org.posthorn.pipeline.Pipelines;

class AllHandlersTest {

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
                        List-Help: <mailto:test-request@lists.example.org?subject=help>,
                         <https://lists.example.org/lists/test.lists.example.org>
                        List-Owner: <mailto:test-owner@lists.example.org>
                        List-Post: <mailto:test@lists.example.org>
                        List-Subscribe: <mailto:test-join@lists.example.org>,
                         <https://lists.example.org/lists/test.lists.example.org>
                        List-Unsubscribe: <mailto:test-leave@lists.example.org>,
                         <https://lists.example.org/lists/test.lists.example.org>
                        List-Archive: <https://lists.example.org/lists/test.lists.example.org>
                        Message-ID-Hash: WL4EBSKFK3I6YNIMRB7VAL72BAGZFWC3
                        Archived-At: <https://lists.example.org/archives/list/test@lists.example.org/message/WL4EBSKFK3I6YNIMRB7VAL72BAGZFWC3/>

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

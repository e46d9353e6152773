package org.posthorn.console.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class EditsTest {

    @Test
    void whatOnlyTheReaderChangedShouldBeSaved() {
        Edit edit = Edit.text("name", "Ann", "Anna", "Ann");

        assertThat(new Edits(List.of(edit), "").isConflict()).isFalse();
        assertThat(edit.getResult()).isEqualTo("Anna");
    }

    @Test
    void whatOnlyOthersChangedShouldStayAndBeShown() {
        Edit edit = Edit.check("server-owner", false, false, true);

        assertThat(new Edits(List.of(edit), "").isConflict()).isTrue();
        assertThat(edit.isMine()).isFalse();
        assertThat(edit.getResult()).isEqualTo("true");
    }

    @Test
    void whatBothChangedShouldBeTheReadersUnlessTheyChooseTheOthers() {
        Edit edit = Edit.text("name", "Ann", "Anna", "Annette");

        assertThat(edit.isMine()).isTrue();
        assertThat(edit.isTheirs()).isTrue();
        assertThat(edit.getResult()).isEqualTo("Anna");
        assertThat(edit.withTheirs().getResult()).isEqualTo("Annette");
    }

    @Test
    void whatBothChangedToTheSameShouldBeNoConflict() {
        Edit edit = Edit.text("name", "Ann", " Anna ", "Anna");

        assertThat(new Edits(List.of(edit), "").isConflict()).isFalse();
        assertThat(edit.getResult()).isEqualTo("Anna");
    }

    /** They were shown one version and chose it; a third person has saved since. */
    @Test
    void whoeverChoseAVersionThatIsGoneShouldBeAskedOnceMore() {
        Edit edit = Edit.text("name", "Annette", "Anna", "Anne").withTheirs();

        assertThat(new Edits(List.of(edit), "").isConflict()).isTrue();
    }
}

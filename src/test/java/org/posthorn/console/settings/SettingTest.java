package org.posthorn.console.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.posthorn.list.ConfigAttributes;
import org.posthorn.list.Counters;
import org.posthorn.list.Domain;
import org.posthorn.list.InvalidValueException;
import org.posthorn.list.MailingList;

class SettingTest {

    private final MailingList list = new MailingList("garden", new Domain("example.org"), Instant.EPOCH);
    private final MailingList fresh = new MailingList("garden", new Domain("example.org"), Instant.EPOCH);

    private Setting of(String name) {
        return new Setting(ConfigAttributes.named(name), list, fresh, new Counters(1, null, 1, 1, null), null);
    }

    @Test
    void linesShouldBeTypedOneALineWithoutEmptyOnes() {
        Setting setting = of("acceptable_aliases");

        setting.setText(" a@example.org \r\n\r\n^b.*@example\\.org\r\n");

        assertThat(setting.value()).isEqualTo(List.of("a@example.org", "^b.*@example\\.org"));
        assertThat(setting.isChanged()).isTrue();
        setting.check();
    }

    @Test
    void wrongNumberShouldBeRefusedAndKeptAsTyped() {
        Setting setting = of("max_message_size");

        setting.setText("forty");

        assertThatThrownBy(setting::check).isInstanceOf(InvalidValueException.class);
        assertThat(setting.getText()).isEqualTo("forty");
        assertThat(setting.wrong()).isEqualTo("number");
    }

    @Test
    void subjectPrefixShouldKeepItsSpaceAtTheEnd() {
        Setting setting = of("subject_prefix");

        setting.setText("[Plants] ");

        assertThat(setting.value()).isEqualTo("[Plants] ");
    }

    @Test
    void passwordThatIsNotTypedShouldStayAndNeverBeShown() {
        ConfigAttributes.apply(list, Map.of("moderator_password", "long enough"));
        Setting setting = of("moderator_password");

        assertThat(setting.getText()).isEmpty();
        assertThat(setting.isChanged()).isFalse();
        setting.setText("another");
        assertThat(setting.isChanged()).isTrue();
    }

    @Test
    void passwordThatAnotherHasSetShouldBeContestedThoughNeitherIsShown() {
        String seen = of("moderator_password").fingerprint();
        ConfigAttributes.apply(list, Map.of("moderator_password", "one of theirs"));
        Setting setting = of("moderator_password");

        setting.seenAs(seen);
        assertThat(setting.isSeenOtherwise()).isTrue();
        assertThat(setting.isTypedAs(seen)).as("nothing was typed").isTrue();
        setting.setText("one of mine");

        assertThat(setting.isContested()).isTrue();
        assertThat(setting.isTypedAs(seen)).isFalse();
        assertThat(setting.getCurrent()).isEmpty();
    }

    @Test
    void valueThatBothChangedShouldBeContested() {
        String seen = of("description").fingerprint();
        ConfigAttributes.apply(list, Map.of("description", "theirs"));
        Setting setting = of("description");
        setting.setText("mine");

        setting.seenAs(seen);

        assertThat(setting.isContested()).isTrue();
    }

    @Test
    void valueThatOnlySomebodyElseChangedShouldNotBeTakenForMine() {
        String seen = of("description").fingerprint();
        ConfigAttributes.apply(list, Map.of("description", "theirs"));
        Setting setting = of("description");
        setting.setText(""); // as the page still showed it

        setting.seenAs(seen);

        assertThat(setting.isSeenOtherwise()).isTrue();
        assertThat(setting.isTypedAs(seen)).isTrue();
    }

    @Test
    void defaultShouldBeTheOneOfANewListOfThatName() {
        ConfigAttributes.apply(list, Map.of("subject_prefix", "[x] "));

        assertThat(of("subject_prefix").getStandard()).isEqualTo("[Garden] ");
        assertThat(of("subject_prefix").isStandard()).isFalse();
    }
}

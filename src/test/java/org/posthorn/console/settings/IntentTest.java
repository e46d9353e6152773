package org.posthorn.console.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.posthorn.console.text.RoomTexts;
import org.posthorn.list.ConfigAttribute;
import org.posthorn.list.ConfigAttributes;
import org.posthorn.list.Counters;
import org.posthorn.list.Domain;
import org.posthorn.list.MailingList;

class IntentTest {

    private static final Counters COUNTERS = new Counters(1, null, 1, 1, null);

    private final MailingList list = new MailingList("garden", new Domain("example.org"), Instant.EPOCH);

    private static Stream<String> placed() {
        return Stream.of(Intent.values())
                .flatMap(intent -> intent.sections().stream())
                .flatMap(section -> section.attributes().stream());
    }

    private Setting setting(ConfigAttribute attribute) {
        return new Setting(attribute, list, list, COUNTERS, null);
    }

    @Test
    void everyAttributeShouldStandInOnePlace() {
        assertThat(placed())
                .containsExactlyInAnyOrderElementsOf(ConfigAttributes.all().stream()
                        .map(ConfigAttribute::name)
                        .toList());
    }

    @Test
    void everyPageSectionSettingAndChoiceShouldHaveItsWords() {
        List<String> keys = new ArrayList<>();
        for (Intent intent : Intent.values()) {
            keys.add(intent.getPath());
            keys.add(intent.getPath() + ".lead");
            intent.sections().forEach(section -> keys.add("section." + section.name()));
        }
        for (ConfigAttribute attribute : ConfigAttributes.all()) {
            keys.add(attribute.name());
            if (attribute.isWritable()) {
                Setting setting = setting(attribute);
                keys.add(attribute.name() + ".help");
                keys.add("wrong." + setting.wrong());
                setting.choices().stream()
                        .filter(choice -> RoomTexts.find(Locale.ENGLISH, "settings." + attribute.name() + "." + choice)
                                .isEmpty())
                        .forEach(choice -> keys.add("choice." + choice));
            }
        }

        assertThat(keys)
                .allSatisfy(key -> assertThat(RoomTexts.find(Locale.ENGLISH, "settings." + key))
                        .as(key)
                        .isPresent());
    }

    @Test
    void whatIsTypedBackUnchangedShouldBeNoChangeAndValid() {
        for (ConfigAttribute attribute : ConfigAttributes.all()) {
            if (attribute.isWritable()) {
                Setting setting = setting(attribute);
                setting.setText(setting.getText().replace("\n", "\r\n"));
                assertThat(setting.isChanged()).as(attribute.name()).isFalse();
                setting.check();
            }
        }
    }

    @Test
    void pageShouldBeFoundByItsAddress() {
        assertThat(Intent.at("who-may-post")).contains(Intent.WHO_MAY_POST);
        assertThat(Intent.at("WHO_MAY_POST")).isEmpty();
    }
}

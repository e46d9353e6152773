package org.posthorn.list;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.posthorn.testing.MailmanConfig;

class ConfigAttributesTest {

    private final MailingList list =
            new MailingList("test", new Domain("example.org"), Instant.parse("2026-01-02T03:04:05.678901Z"));
    private final Counters counters = new Counters(1, null, 1, 1, null);

    private Object changed(String name, Object value) {
        Map<String, Object> change = new HashMap<>();
        change.put(name, value);
        ConfigAttributes.apply(list, change);
        return ConfigAttributes.named(name).shown(list, counters);
    }

    @Test
    void allOfMailmansAttributesShouldBeThere() {
        assertThat(ConfigAttributes.shown(list, counters)).containsKeys(MailmanConfig.NAMES.toArray(String[]::new));
    }

    @Test
    void whatIsShownShouldBeTakenBackAndChangeNothing() {
        Map<String, Object> shown = ConfigAttributes.shown(list, counters);
        Map<String, Object> writable = new LinkedHashMap<>();
        shown.forEach((name, value) -> {
            if (ConfigAttributes.named(name).isWritable()) {
                writable.put(name, value);
            }
        });

        ConfigAttributes.apply(list, writable);

        assertThat(writable).hasSizeGreaterThan(75);
        assertThat(ConfigAttributes.shown(list, counters)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({
        "emergency, Yes, true",
        "emergency, 1, true",
        "advertised, off, false",
        "archive_policy, Private, private",
        "dmarc_mitigate_action, munge_from, munge_from",
        "max_message_size, 0, 0",
        "digest_size_threshold, 12.5, 12.5",
        "bounce_info_stale_after, 7d, 7d",
        "bounce_info_stale_after, 1w2d3h4m5s, 9d11045.0s",
        "bounce_info_stale_after, 1d3.5s, 1d3.5s",
        "bounce_info_stale_after, 3600s, 0d3600.0s",
        "preferred_language, pt_BR, pt_BR",
        "reply_to_address, replies@example.org, replies@example.org",
        "reply_to_address, '', ''",
        "linked_newsgroup, comp.lang.java, comp.lang.java",
        "subject_prefix, '[x] ', '[x] '"
    })
    void textShouldBecomeTheSettingsType(String name, String text, String shown) {
        assertThat(changed(name, text)).hasToString(shown);
    }

    /** The flags of requests are read by the same words: FieldsTest. */
    @ParameterizedTest
    @CsvSource({
        "True, true",
        "YES, true",
        "1, true",
        "on, true",
        "enable, true",
        "enabled, true",
        "' true ', true",
        "False, false",
        "no, false",
        "0, false",
        "Off, false",
        "disable, false",
        "disabled, false"
    })
    void truthShouldBeReadByMailmansWords(String word, boolean meant) {
        changed("emergency", !meant);
        assertThat(changed("emergency", word)).isEqualTo(meant);
    }

    @Test
    void jsonsOwnTypesShouldBeTaken() {
        assertThat(changed("emergency", true)).isEqualTo(true);
        assertThat(changed("max_message_size", 100L)).isEqualTo(100);
        assertThat(changed("digest_size_threshold", new java.math.BigDecimal("0.5")))
                .isEqualTo(0.5);
        assertThat(changed("acceptable_aliases", List.of("A@example.org", "", "^x.*")))
                .isEqualTo(List.of("A@example.org", "^x.*"));
        assertThat(changed("acceptable_aliases", "")).isEqualTo(List.of());
        assertThat(changed("accept_these_nonmembers", "@other@example.org")).isEqualTo(List.of("@other@example.org"));
        assertThat(changed("info", "two\r\nlines")).isEqualTo("two\nlines");
    }

    @ParameterizedTest
    @CsvSource({
        "emergency, maybe, true or false",
        "emergency, '', true or false",
        "archive_policy, secret, 'never, private, public'",
        "max_message_size, -1, a whole number",
        "max_message_size, 1.5, a whole number",
        "max_message_size, 99999999999, a whole number",
        "max_message_size, 1e999999, a whole number",
        "digest_size_threshold, NaN, a number",
        "bounce_info_stale_after, soon, a duration",
        "bounce_info_stale_after, '', a duration",
        "bounce_info_stale_after, 99999d, a duration",
        "preferred_language, english please, a language tag",
        "reply_to_address, nobody, an e-mail address",
        "acceptable_aliases, nobody, an address",
        "acceptable_aliases, ^(, a regular expression",
        "accept_these_nonmembers, '^(a)\\1', a regular expression",
        "bounce_matching_headers, X-Mailer, a colon and a regular expression",
        "bounce_matching_headers, 'X Mailer: a', the name of a header field",
        "bounce_matching_headers, 'X-Mailer: (', a regular expression",
        "regular_include_lists, nobody, the address of a list",
        "regular_exclude_lists, '@example.org', the address of a list",
        "topics, trains, a colon and a regular expression",
        "topics, 'trains: (', a regular expression",
        "topics, 'a|b: c', a name",
        "topics_bodylines_limit, 101, a whole number from 0 to 100",
        "member_verbosity_interval, 86401, a whole number from 0 to 86400",
        "posting_chain, '../x', 'one of default-posting-chain, accept'",
        "created_at, 2026, read-only",
        "fqdn_listname, x@example.org, read-only"
    })
    void whatCannotBeShouldSayWhichFieldWhichValueAndWhatIsAllowed(String name, String value, String allowed) {
        assertThatThrownBy(() -> changed(name, value))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining(name)
                .hasMessageContaining(value)
                .hasMessageContaining(allowed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Test\r\nX-Injected: yes",
                "Test\nX",
                "Test\rX",
                "Test\u2028X",
                "Test\u2029X",
                "Test\0X",
                "Test\u0085X",
                "Test\ud800X"
            })
    void noHeaderFieldShouldBeInjected(String value) {
        Map<String, Object> before = ConfigAttributes.shown(list, counters);
        for (String name : List.of(
                "display_name",
                "description",
                "subject_prefix",
                "reply_to_address",
                "linked_newsgroup",
                "preferred_language",
                "acceptable_aliases",
                "filter_types")) {
            assertThatThrownBy(() -> changed(name, value))
                    .as(name)
                    .isInstanceOf(InvalidValueException.class)
                    .message()
                    .doesNotContain("\r", "\n", "\0", "\u2028");
        }
        assertThat(ConfigAttributes.shown(list, counters)).isEqualTo(before);
    }

    @Test
    void wrongTypesShouldBeRefused() {
        for (Object value : Arrays.asList(null, List.of(1), Map.of(), new Object())) {
            for (String name : List.of(
                    "display_name",
                    "info",
                    "emergency",
                    "max_message_size",
                    "digest_size_threshold",
                    "bounce_info_stale_after",
                    "archive_policy",
                    "acceptable_aliases")) {
                assertThatThrownBy(() -> changed(name, value))
                        .as("%s=%s", name, value)
                        .isInstanceOf(InvalidValueException.class);
            }
        }
        assertThatThrownBy(() -> changed("nosuch", "x")).isInstanceOf(UnknownException.class);
    }

    @Test
    void aChangeShouldBeMadeWhollyOrNotAtAll() {
        Map<String, Object> changes = new LinkedHashMap<>();
        changes.put("info", "new");
        changes.put("emergency", "maybe");

        assertThatThrownBy(() -> ConfigAttributes.apply(list, changes)).isInstanceOf(InvalidValueException.class);

        assertThat(list.presentation().getInfo()).isEmpty();
    }

    @Test
    void theModeratorsPasswordShouldBeKeptAsAHashAndNeverBeShown() {
        assertThat(changed("moderator_password", "a good password")).isNull();
        assertThat(list.posting().getModeratorPassword()).startsWith("PBKDF2");
        assertThat(new PasswordHash().matches("a good password", list.posting().getModeratorPassword()))
                .isTrue();
        changed("moderator_password", null);
        assertThat(list.posting().getModeratorPassword()).startsWith("PBKDF2");
        changed("moderator_password", "");
        assertThat(list.posting().getModeratorPassword()).isEmpty();
    }
}

package org.posthorn.list;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a new list is set to: Mailman's defaults, each by its name, and what each style makes of them. */
class ListDefaultsTest {

    /** Attribute | default, of a list test@example.org. */
    private static final String DEFAULTS = """
            accept_these_nonmembers | []
            acceptable_aliases | []
            admin_immed_notify | true
            admin_notify_mchanges | false
            administrivia | true
            advertised | true
            allow_list_posts | true
            anonymous_list | false
            archive_policy | public
            archive_rendering_mode | text
            attachment_link_days | 30
            attachment_link_threshold | 0
            autorespond_owner | none
            autorespond_postings | none
            autorespond_requests | none
            autoresponse_grace_period | 90d
            autoresponse_owner_text |
            autoresponse_postings_text |
            autoresponse_request_text |
            bounce_info_stale_after | 7d
            bounce_matching_headers | []
            bounce_notify_owner_on_bounce_increment | false
            bounce_notify_owner_on_disable | true
            bounce_notify_owner_on_removal | true
            bounce_score_threshold | 5
            bounce_you_are_disabled_warnings | 3
            bounce_you_are_disabled_warnings_interval | 7d
            collapse_alternatives | true
            convert_html_to_plaintext | false
            default_member_action | defer
            default_nonmember_action | hold
            description |
            digest_send_periodic | true
            digest_size_threshold | 30.0
            digest_volume_frequency | monthly
            digests_enabled | true
            discard_these_nonmembers | []
            display_name | Test
            dmarc_addresses | []
            dmarc_mitigate_action | no_mitigation
            dmarc_mitigate_unconditionally | false
            dmarc_moderation_notice |
            dmarc_wrapped_message_text |
            emergency | false
            filter_action | discard
            filter_content | false
            filter_extensions | []
            filter_types | []
            first_strip_reply_to | false
            forward_unrecognized_bounces_to | administrators
            gateway_to_mail | false
            gateway_to_news | false
            hold_digest | false
            hold_these_nonmembers | []
            include_rfc2369_headers | true
            info |
            linked_newsgroup |
            max_days_to_hold | 0
            max_message_size | 40
            max_num_recipients | 10
            member_roster_visibility | moderators
            moderator_password | null
            member_verbosity_interval | 300
            member_verbosity_threshold | 0
            new_member_days | 0
            newsgroup_moderation | none
            nntp_prefix_subject_too | true
            owner_chain | default-owner-chain
            owner_pipeline | default-owner-pipeline
            pass_extensions | []
            pass_types | []
            personalize | none
            posting_chain | default-posting-chain
            posting_pipeline | default-posting-pipeline
            preferred_language | en
            process_bounces | true
            regular_exclude_lists | []
            regular_include_lists | []
            reject_these_nonmembers | []
            reply_goes_to_list | no_munging
            reply_to_address |
            require_explicit_destination | true
            respond_to_post_requests | true
            send_goodbye_message | true
            send_welcome_message | true
            subject_prefix | [Test]\s
            subscription_policy | confirm
            topics | []
            topics_bodylines_limit | 5
            topics_enabled | false
            unsubscription_policy | confirm
            """;

    private static Map<String, String> settings(ListStyle style) {
        MailingList list =
                new MailingList("test", new Domain("example.org"), Instant.parse("2026-01-02T03:04:05.678901Z"));
        style.apply(list);
        Map<String, String> settings = new TreeMap<>();
        ConfigAttributes.shown(list, new Counters(1, null, 1, 1, null)).forEach((name, value) -> {
            if (ConfigAttributes.named(name).isWritable()) {
                settings.put(name, Objects.toString(value));
            }
        });
        return settings;
    }

    private static Map<String, String> defaults() {
        Map<String, String> defaults = new TreeMap<>();
        DEFAULTS.lines().forEach(row -> {
            String[] columns = row.split(" \\| ?", 2);
            defaults.put(columns[0], columns[1]);
        });
        return defaults;
    }

    @Test
    void discussionListShouldHaveMailmansDefaults() {
        assertThat(settings(ListStyle.DISCUSSION)).containsExactlyEntriesOf(defaults());
        assertThat(ListStyle.named(null)).isEqualTo(ListStyle.DISCUSSION);
    }

    @ParameterizedTest
    @EnumSource(ListStyle.class)
    void styleShouldSetWhatItsKindOfListNeedsAndNothingElse(ListStyle style) {
        Map<String, String> expected = defaults();
        expected.putAll(
                switch (style) {
                    case DISCUSSION -> Map.of();
                    case ANNOUNCE ->
                        Map.of(
                                "allow_list_posts",
                                "false",
                                "default_member_action",
                                "reject",
                                "default_nonmember_action",
                                "reject");
                    case PRIVATE ->
                        Map.of(
                                "advertised",
                                "false",
                                "archive_policy",
                                "private",
                                "subscription_policy",
                                "confirm_then_moderate");
                });
        assertThat(settings(style)).containsExactlyEntriesOf(expected);
    }
}

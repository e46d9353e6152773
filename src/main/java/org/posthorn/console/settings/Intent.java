package org.posthorn.console.settings;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What somebody who opens a list's settings wants to decide, and by which attributes. Each attribute stands in one place. */
public enum Intent {
    WHO_MAY_POST(
            section("emergency", "emergency", "allow_list_posts"),
            section(
                    "members", "default_member_action",
                    "new_member_days", "default_nonmember_action"),
            section(
                    "nonmembers",
                    "accept_these_nonmembers",
                    "hold_these_nonmembers",
                    "reject_these_nonmembers",
                    "discard_these_nonmembers"),
            section(
                    "checks",
                    "require_explicit_destination",
                    "acceptable_aliases",
                    "max_num_recipients",
                    "max_message_size",
                    "administrivia",
                    "hold_digest",
                    "bounce_matching_headers"),
            section("topics", "topics_enabled", "topics", "topics_bodylines_limit"),
            section("siblings", "regular_include_lists", "regular_exclude_lists"),
            section("bursts", "member_verbosity_threshold", "member_verbosity_interval"),
            section(
                    "moderation",
                    "admin_immed_notify",
                    "respond_to_post_requests",
                    "max_days_to_hold",
                    "moderator_password"),
            section("chains", "posting_chain", "posting_pipeline", "owner_chain", "owner_pipeline")),
    WHO_MAY_JOIN(
            section("joining", "subscription_policy", "unsubscription_policy"),
            section("seen", "advertised", "member_roster_visibility"),
            section("greetings", "send_welcome_message", "send_goodbye_message", "admin_notify_mchanges")),
    WHAT_MAIL_LOOKS_LIKE(
            section("look", "subject_prefix", "anonymous_list", "personalize", "include_rfc2369_headers"),
            section("replies", "reply_goes_to_list", "reply_to_address", "first_strip_reply_to"),
            section(
                    "content",
                    "filter_content",
                    "filter_action",
                    "filter_types",
                    "pass_types",
                    "filter_extensions",
                    "pass_extensions",
                    "collapse_alternatives",
                    "convert_html_to_plaintext"),
            section("attachments", "attachment_link_threshold", "attachment_link_days"),
            section(
                    "dmarc",
                    "dmarc_mitigate_action",
                    "dmarc_mitigate_unconditionally",
                    "dmarc_addresses",
                    "dmarc_moderation_notice",
                    "dmarc_wrapped_message_text"),
            section(
                    "autoresponses",
                    "autorespond_postings",
                    "autoresponse_postings_text",
                    "autorespond_owner",
                    "autoresponse_owner_text",
                    "autorespond_requests",
                    "autoresponse_request_text",
                    "autoresponse_grace_period")),
    DIGESTS(
            section(
                    "digests",
                    "digests_enabled",
                    "digest_size_threshold",
                    "digest_send_periodic",
                    "digest_volume_frequency"),
            section("digest-state", "volume", "next_digest_number", "digest_last_sent_at")),
    BOUNCES(
            section("bounces", "process_bounces", "bounce_score_threshold", "bounce_info_stale_after"),
            section("warnings", "bounce_you_are_disabled_warnings", "bounce_you_are_disabled_warnings_interval"),
            section(
                    "bounce-notices",
                    "bounce_notify_owner_on_bounce_increment",
                    "bounce_notify_owner_on_disable",
                    "bounce_notify_owner_on_removal",
                    "forward_unrecognized_bounces_to")),
    ARCHIVE(
            section("archive", "archive_policy", "archive_rendering_mode"),
            section(
                    "news",
                    "linked_newsgroup",
                    "gateway_to_mail",
                    "gateway_to_news",
                    "newsgroup_moderation",
                    "nntp_prefix_subject_too",
                    "usenet_watermark")),
    NAMES_AND_ADDRESSES(
            section("names", "display_name", "description", "info", "preferred_language"),
            section(
                    "addresses",
                    "posting_address",
                    "join_address",
                    "leave_address",
                    "owner_address",
                    "request_address",
                    "bounces_address",
                    "no_reply_address"),
            section(
                    "identity",
                    "list_id",
                    "fqdn_listname",
                    "list_name",
                    "mail_host",
                    "created_at",
                    "post_id",
                    "last_post_at"));

    private final List<Section> sections;

    /** Attributes under one heading, the text {@code settings.section.<name>}. */
    public record Section(String name, List<String> attributes) {}

    Intent(Section... sections) {
        this.sections = List.of(sections);
    }

    private static Section section(String name, String... attributes) {
        return new Section(name, List.of(attributes));
    }

    public List<Section> sections() {
        return sections;
    }

    /** As the address has it: {@code who-may-post}. */
    public String getPath() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<Intent> at(String path) {
        return Arrays.stream(values())
                .filter(intent -> intent.getPath().equals(path))
                .findFirst();
    }
}

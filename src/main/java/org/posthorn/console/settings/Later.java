package org.posthorn.console.settings;

import java.util.Set;

/** Attributes that Mailman's clients read and write, and by which nothing goes yet: their pages say so. */
final class Later {

    static final Set<String> ATTRIBUTES = Set.of(
            "archive_rendering_mode",
            "member_roster_visibility",
            "owner_pipeline",
            "dmarc_mitigate_action",
            "dmarc_mitigate_unconditionally",
            "dmarc_addresses",
            "dmarc_moderation_notice",
            "dmarc_wrapped_message_text",
            "process_bounces",
            "bounce_score_threshold",
            "bounce_info_stale_after",
            "bounce_you_are_disabled_warnings",
            "bounce_you_are_disabled_warnings_interval",
            "bounce_notify_owner_on_bounce_increment",
            "bounce_notify_owner_on_disable",
            "bounce_notify_owner_on_removal",
            "forward_unrecognized_bounces_to",
            "linked_newsgroup",
            "gateway_to_mail",
            "gateway_to_news",
            "nntp_prefix_subject_too");

    private Later() {}
}

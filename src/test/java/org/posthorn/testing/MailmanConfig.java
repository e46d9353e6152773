package org.posthorn.testing;

import java.util.List;
import java.util.Set;

/** A list's configuration as Mailman's REST API 3.1 names it: what its clients know. */
public final class MailmanConfig {

    /** All of it. */
    public static final List<String> NAMES = List.of("""
            acceptable_aliases accept_these_nonmembers admin_immed_notify admin_notify_mchanges administrivia advertised allow_list_posts
            anonymous_list archive_policy archive_rendering_mode autorespond_owner autorespond_postings autorespond_requests
            autoresponse_grace_period autoresponse_owner_text autoresponse_postings_text autoresponse_request_text bounces_address
            bounce_info_stale_after bounce_notify_owner_on_bounce_increment bounce_notify_owner_on_disable bounce_notify_owner_on_removal
            bounce_score_threshold bounce_you_are_disabled_warnings bounce_you_are_disabled_warnings_interval collapse_alternatives
            convert_html_to_plaintext created_at default_member_action default_nonmember_action description digest_last_sent_at
            digest_send_periodic digest_size_threshold digest_volume_frequency digests_enabled display_name discard_these_nonmembers
            dmarc_mitigate_action dmarc_mitigate_unconditionally dmarc_addresses dmarc_moderation_notice dmarc_wrapped_message_text
            emergency filter_action filter_content filter_extensions filter_types first_strip_reply_to forward_unrecognized_bounces_to
            fqdn_listname gateway_to_mail gateway_to_news hold_these_nonmembers include_rfc2369_headers info join_address last_post_at
            leave_address linked_newsgroup list_name mail_host max_message_size max_num_recipients max_days_to_hold
            member_roster_visibility moderator_password newsgroup_moderation next_digest_number nntp_prefix_subject_too no_reply_address
            owner_address pass_types pass_extensions personalize post_id posting_address posting_pipeline preferred_language
            process_bounces reject_these_nonmembers reply_goes_to_list reply_to_address request_address require_explicit_destination
            respond_to_post_requests send_goodbye_message send_welcome_message subject_prefix subscription_policy unsubscription_policy
            usenet_watermark volume
            """.trim().split("\\s+"));

    /** What of it cannot be written. */
    public static final Set<String> READ_ONLY = Set.of("""
            bounces_address created_at digest_last_sent_at fqdn_listname join_address last_post_at leave_address list_name mail_host
            next_digest_number no_reply_address owner_address post_id posting_address request_address usenet_watermark volume
            """.trim().split("\\s+"));

    private MailmanConfig() {}
}

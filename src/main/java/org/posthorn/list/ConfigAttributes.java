package org.posthorn.list;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * All that Mailman's REST API calls a list's configuration: name, how a value is read, where it is kept. REST and console
 * both show and change lists by this one table. Longer than a class should be because it is a table.
 */
public final class ConfigAttributes {

    private static final Map<String, ConfigAttribute> ALL = new LinkedHashMap<>();

    static {
        in(MailingList::presentation)
                .with(
                        "display_name",
                        ListValues.oneLine(1000),
                        Presentation::getDisplayName,
                        Presentation::setDisplayName)
                .with(
                        "description",
                        ListValues.oneLine(4000),
                        Presentation::getDescription,
                        Presentation::setDescription)
                .with("info", ListValues::text, Presentation::getInfo, Presentation::setInfo)
                .with("advertised", ListValues::truth, Presentation::isAdvertised, Presentation::setAdvertised)
                .with(
                        "preferred_language",
                        ListValues::language,
                        Presentation::getPreferredLanguage,
                        Presentation::setPreferredLanguage);
        in(MailingList::posting)
                .with(
                        "acceptable_aliases",
                        ListValues::patterns,
                        PostingPolicy::getAcceptableAliases,
                        PostingPolicy::setAcceptableAliases)
                .with(
                        "accept_these_nonmembers",
                        ListValues::nonmembers,
                        PostingPolicy::getAcceptTheseNonmembers,
                        PostingPolicy::setAcceptTheseNonmembers)
                .with(
                        "hold_these_nonmembers",
                        ListValues::nonmembers,
                        PostingPolicy::getHoldTheseNonmembers,
                        PostingPolicy::setHoldTheseNonmembers)
                .with(
                        "reject_these_nonmembers",
                        ListValues::nonmembers,
                        PostingPolicy::getRejectTheseNonmembers,
                        PostingPolicy::setRejectTheseNonmembers)
                .with(
                        "discard_these_nonmembers",
                        ListValues::nonmembers,
                        PostingPolicy::getDiscardTheseNonmembers,
                        PostingPolicy::setDiscardTheseNonmembers)
                .with(
                        "default_member_action",
                        ListValues.oneOf(Action.class),
                        PostingPolicy::getDefaultMemberAction,
                        PostingPolicy::setDefaultMemberAction)
                .with(
                        "default_nonmember_action",
                        ListValues.oneOf(Action.class),
                        PostingPolicy::getDefaultNonmemberAction,
                        PostingPolicy::setDefaultNonmemberAction)
                .with(
                        "administrivia",
                        ListValues::truth,
                        PostingPolicy::isAdministrivia,
                        PostingPolicy::setAdministrivia)
                .with("emergency", ListValues::truth, PostingPolicy::isEmergency, PostingPolicy::setEmergency)
                .with(
                        "allow_list_posts",
                        ListValues::truth,
                        PostingPolicy::isAllowListPosts,
                        PostingPolicy::setAllowListPosts)
                .with(
                        "max_message_size",
                        ListValues::count,
                        PostingPolicy::getMaxMessageSize,
                        PostingPolicy::setMaxMessageSize)
                .with(
                        "max_num_recipients",
                        ListValues::count,
                        PostingPolicy::getMaxNumRecipients,
                        PostingPolicy::setMaxNumRecipients)
                .with(
                        "max_days_to_hold",
                        ListValues::days,
                        PostingPolicy::getMaxDaysToHold,
                        PostingPolicy::setMaxDaysToHold)
                .with(
                        "require_explicit_destination",
                        ListValues::truth,
                        PostingPolicy::isRequireExplicitDestination,
                        PostingPolicy::setRequireExplicitDestination)
                .with(
                        "new_member_days",
                        ListValues::days,
                        PostingPolicy::getNewMemberDays,
                        PostingPolicy::setNewMemberDays)
                .with(
                        "bounce_matching_headers",
                        ListValues::suspiciousHeaders,
                        PostingPolicy::getBounceMatchingHeaders,
                        PostingPolicy::setBounceMatchingHeaders)
                .with(
                        "regular_include_lists",
                        ListValues::siblings,
                        PostingPolicy::getRegularIncludeLists,
                        PostingPolicy::setRegularIncludeLists)
                .with(
                        "regular_exclude_lists",
                        ListValues::siblings,
                        PostingPolicy::getRegularExcludeLists,
                        PostingPolicy::setRegularExcludeLists)
                .with("topics", ListValues::topics, PostingPolicy::getTopics, PostingPolicy::setTopics)
                .with(
                        "topics_enabled",
                        ListValues::truth,
                        PostingPolicy::isTopicsEnabled,
                        PostingPolicy::setTopicsEnabled)
                .with(
                        "topics_bodylines_limit",
                        ListValues::bodyLines,
                        PostingPolicy::getTopicsBodylinesLimit,
                        PostingPolicy::setTopicsBodylinesLimit)
                .with("hold_digest", ListValues::truth, PostingPolicy::isHoldDigest, PostingPolicy::setHoldDigest)
                .with(
                        "member_verbosity_threshold",
                        ListValues::count,
                        PostingPolicy::getMemberVerbosityThreshold,
                        PostingPolicy::setMemberVerbosityThreshold)
                .with(
                        "member_verbosity_interval",
                        ListValues::secondsOfADay,
                        PostingPolicy::getMemberVerbosityInterval,
                        PostingPolicy::setMemberVerbosityInterval)
                .with(
                        "moderator_password",
                        ListValues::password,
                        policy -> null,
                        ListValues.unlessNull(PostingPolicy::setModeratorPassword))
                .with(
                        "admin_immed_notify",
                        ListValues::truth,
                        PostingPolicy::isAdminImmedNotify,
                        PostingPolicy::setAdminImmedNotify)
                .with(
                        "respond_to_post_requests",
                        ListValues::truth,
                        PostingPolicy::isRespondToPostRequests,
                        PostingPolicy::setRespondToPostRequests)
                .with(
                        "posting_pipeline",
                        ListValues.oneOf(PostingPolicy.POSTING_PIPELINES),
                        PostingPolicy::getPostingPipeline,
                        PostingPolicy::setPostingPipeline)
                .with(
                        "posting_chain",
                        ListValues.oneOf(PostingPolicy.POSTING_CHAINS),
                        PostingPolicy::getPostingChain,
                        PostingPolicy::setPostingChain)
                .with(
                        "owner_chain",
                        ListValues.oneOf(PostingPolicy.OWNER_CHAINS),
                        PostingPolicy::getOwnerChain,
                        PostingPolicy::setOwnerChain)
                .with(
                        "owner_pipeline",
                        ListValues.oneOf(PostingPolicy.OWNER_PIPELINES),
                        PostingPolicy::getOwnerPipeline,
                        PostingPolicy::setOwnerPipeline);
        in(MailingList::joining)
                .with(
                        "subscription_policy",
                        ListValues.oneOf(SubscriptionPolicy.class),
                        SubscriptionPolicies::getSubscriptionPolicy,
                        SubscriptionPolicies::setSubscriptionPolicy)
                .with(
                        "unsubscription_policy",
                        ListValues.oneOf(SubscriptionPolicy.class),
                        SubscriptionPolicies::getUnsubscriptionPolicy,
                        SubscriptionPolicies::setUnsubscriptionPolicy)
                .with(
                        "send_welcome_message",
                        ListValues::truth,
                        SubscriptionPolicies::isSendWelcomeMessage,
                        SubscriptionPolicies::setSendWelcomeMessage)
                .with(
                        "send_goodbye_message",
                        ListValues::truth,
                        SubscriptionPolicies::isSendGoodbyeMessage,
                        SubscriptionPolicies::setSendGoodbyeMessage)
                .with(
                        "admin_notify_mchanges",
                        ListValues::truth,
                        SubscriptionPolicies::isAdminNotifyMchanges,
                        SubscriptionPolicies::setAdminNotifyMchanges)
                .with(
                        "member_roster_visibility",
                        ListValues.oneOf(RosterVisibility.class),
                        SubscriptionPolicies::getMemberRosterVisibility,
                        SubscriptionPolicies::setMemberRosterVisibility);
        in(MailingList::appearance)
                .with(
                        "subject_prefix",
                        ListValues.oneLine(1000),
                        MailAppearance::getSubjectPrefix,
                        MailAppearance::setSubjectPrefix)
                .with(
                        "anonymous_list",
                        ListValues::truth,
                        MailAppearance::isAnonymousList,
                        MailAppearance::setAnonymousList)
                .with(
                        "include_rfc2369_headers",
                        ListValues::truth,
                        MailAppearance::isIncludeRfc2369Headers,
                        MailAppearance::setIncludeRfc2369Headers)
                .with(
                        "reply_goes_to_list",
                        ListValues.oneOf(ReplyGoesTo.class),
                        MailAppearance::getReplyGoesToList,
                        MailAppearance::setReplyGoesToList)
                .with(
                        "reply_to_address",
                        ListValues::addressOrNothing,
                        MailAppearance::getReplyToAddress,
                        MailAppearance::setReplyToAddress)
                .with(
                        "first_strip_reply_to",
                        ListValues::truth,
                        MailAppearance::isFirstStripReplyTo,
                        MailAppearance::setFirstStripReplyTo)
                .with(
                        "personalize",
                        ListValues.oneOf(Personalization.class),
                        MailAppearance::getPersonalize,
                        MailAppearance::setPersonalize)
                .with(
                        "attachment_link_threshold",
                        ListValues::count,
                        MailAppearance::getAttachmentLinkThreshold,
                        MailAppearance::setAttachmentLinkThreshold)
                .with(
                        "attachment_link_days",
                        ListValues::days,
                        MailAppearance::getAttachmentLinkDays,
                        MailAppearance::setAttachmentLinkDays);
        in(MailingList::contentFilter)
                .with(
                        "filter_content",
                        ListValues::truth,
                        ContentFilter::isFilterContent,
                        ContentFilter::setFilterContent)
                .with(
                        "filter_action",
                        ListValues.oneOf(FilterAction.class),
                        ContentFilter::getFilterAction,
                        ContentFilter::setFilterAction)
                .with("filter_types", ListValues::lines, ContentFilter::getFilterTypes, ContentFilter::setFilterTypes)
                .with("pass_types", ListValues::lines, ContentFilter::getPassTypes, ContentFilter::setPassTypes)
                .with(
                        "filter_extensions",
                        ListValues::lines,
                        ContentFilter::getFilterExtensions,
                        ContentFilter::setFilterExtensions)
                .with(
                        "pass_extensions",
                        ListValues::lines,
                        ContentFilter::getPassExtensions,
                        ContentFilter::setPassExtensions)
                .with(
                        "collapse_alternatives",
                        ListValues::truth,
                        ContentFilter::isCollapseAlternatives,
                        ContentFilter::setCollapseAlternatives)
                .with(
                        "convert_html_to_plaintext",
                        ListValues::truth,
                        ContentFilter::isConvertHtmlToPlaintext,
                        ContentFilter::setConvertHtmlToPlaintext);
        in(MailingList::digests)
                .with(
                        "digests_enabled",
                        ListValues::truth,
                        DigestPolicy::isDigestsEnabled,
                        DigestPolicy::setDigestsEnabled)
                .with(
                        "digest_send_periodic",
                        ListValues::truth,
                        DigestPolicy::isDigestSendPeriodic,
                        DigestPolicy::setDigestSendPeriodic)
                .with(
                        "digest_size_threshold",
                        ListValues::measure,
                        DigestPolicy::getDigestSizeThreshold,
                        DigestPolicy::setDigestSizeThreshold)
                .with(
                        "digest_volume_frequency",
                        ListValues.oneOf(DigestFrequency.class),
                        DigestPolicy::getDigestVolumeFrequency,
                        DigestPolicy::setDigestVolumeFrequency);
        in(MailingList::bounces)
                .with(
                        "process_bounces",
                        ListValues::truth,
                        BouncePolicy::isProcessBounces,
                        BouncePolicy::setProcessBounces)
                .with(
                        "bounce_score_threshold",
                        ListValues::count,
                        BouncePolicy::getBounceScoreThreshold,
                        BouncePolicy::setBounceScoreThreshold)
                .with(
                        "bounce_info_stale_after",
                        ListValues::duration,
                        BouncePolicy::getBounceInfoStaleAfter,
                        BouncePolicy::setBounceInfoStaleAfter)
                .with(
                        "bounce_you_are_disabled_warnings",
                        ListValues::count,
                        BouncePolicy::getBounceYouAreDisabledWarnings,
                        BouncePolicy::setBounceYouAreDisabledWarnings)
                .with(
                        "bounce_you_are_disabled_warnings_interval",
                        ListValues::duration,
                        BouncePolicy::getBounceYouAreDisabledWarningsInterval,
                        BouncePolicy::setBounceYouAreDisabledWarningsInterval)
                .with(
                        "bounce_notify_owner_on_bounce_increment",
                        ListValues::truth,
                        BouncePolicy::isBounceNotifyOwnerOnBounceIncrement,
                        BouncePolicy::setBounceNotifyOwnerOnBounceIncrement)
                .with(
                        "bounce_notify_owner_on_disable",
                        ListValues::truth,
                        BouncePolicy::isBounceNotifyOwnerOnDisable,
                        BouncePolicy::setBounceNotifyOwnerOnDisable)
                .with(
                        "bounce_notify_owner_on_removal",
                        ListValues::truth,
                        BouncePolicy::isBounceNotifyOwnerOnRemoval,
                        BouncePolicy::setBounceNotifyOwnerOnRemoval)
                .with(
                        "forward_unrecognized_bounces_to",
                        ListValues.oneOf(UnrecognizedBounces.class),
                        BouncePolicy::getForwardUnrecognizedBouncesTo,
                        BouncePolicy::setForwardUnrecognizedBouncesTo);
        in(MailingList::autoresponses)
                .with(
                        "autorespond_owner",
                        ListValues.oneOf(ResponseAction.class),
                        Autoresponses::getAutorespondOwner,
                        Autoresponses::setAutorespondOwner)
                .with(
                        "autoresponse_owner_text",
                        ListValues::text,
                        Autoresponses::getAutoresponseOwnerText,
                        Autoresponses::setAutoresponseOwnerText)
                .with(
                        "autorespond_postings",
                        ListValues.oneOf(ResponseAction.class),
                        Autoresponses::getAutorespondPostings,
                        Autoresponses::setAutorespondPostings)
                .with(
                        "autoresponse_postings_text",
                        ListValues::text,
                        Autoresponses::getAutoresponsePostingsText,
                        Autoresponses::setAutoresponsePostingsText)
                .with(
                        "autorespond_requests",
                        ListValues.oneOf(ResponseAction.class),
                        Autoresponses::getAutorespondRequests,
                        Autoresponses::setAutorespondRequests)
                .with(
                        "autoresponse_request_text",
                        ListValues::text,
                        Autoresponses::getAutoresponseRequestText,
                        Autoresponses::setAutoresponseRequestText)
                .with(
                        "autoresponse_grace_period",
                        ListValues::duration,
                        Autoresponses::getAutoresponseGracePeriod,
                        Autoresponses::setAutoresponseGracePeriod);
        in(MailingList::dmarc)
                .with(
                        "dmarc_mitigate_action",
                        ListValues.oneOf(DmarcMitigation.class),
                        DmarcPolicy::getDmarcMitigateAction,
                        DmarcPolicy::setDmarcMitigateAction)
                .with(
                        "dmarc_mitigate_unconditionally",
                        ListValues::truth,
                        DmarcPolicy::isDmarcMitigateUnconditionally,
                        DmarcPolicy::setDmarcMitigateUnconditionally)
                .with(
                        "dmarc_addresses",
                        ListValues::patterns,
                        DmarcPolicy::getDmarcAddresses,
                        DmarcPolicy::setDmarcAddresses)
                .with(
                        "dmarc_moderation_notice",
                        ListValues::text,
                        DmarcPolicy::getDmarcModerationNotice,
                        DmarcPolicy::setDmarcModerationNotice)
                .with(
                        "dmarc_wrapped_message_text",
                        ListValues::text,
                        DmarcPolicy::getDmarcWrappedMessageText,
                        DmarcPolicy::setDmarcWrappedMessageText);
        in(MailingList::archiving)
                .with(
                        "archive_policy",
                        ListValues.oneOf(ArchivePolicy.class),
                        Archiving::getArchivePolicy,
                        Archiving::setArchivePolicy)
                .with(
                        "archive_rendering_mode",
                        ListValues.oneOf(ArchiveRendering.class),
                        Archiving::getArchiveRenderingMode,
                        Archiving::setArchiveRenderingMode);
        in(MailingList::news)
                .with("gateway_to_mail", ListValues::truth, NewsGateway::isGatewayToMail, NewsGateway::setGatewayToMail)
                .with("gateway_to_news", ListValues::truth, NewsGateway::isGatewayToNews, NewsGateway::setGatewayToNews)
                .with(
                        "linked_newsgroup",
                        ListValues::newsgroup,
                        NewsGateway::getLinkedNewsgroup,
                        NewsGateway::setLinkedNewsgroup)
                .with(
                        "newsgroup_moderation",
                        ListValues.oneOf(NewsgroupModeration.class),
                        NewsGateway::getNewsgroupModeration,
                        NewsGateway::setNewsgroupModeration)
                .with(
                        "nntp_prefix_subject_too",
                        ListValues::truth,
                        NewsGateway::isNntpPrefixSubjectToo,
                        NewsGateway::setNntpPrefixSubjectToo);

        readOnly("bounces_address", list -> list.address("bounces"));
        readOnly("created_at", MailingList::getCreatedAt);
        readOnly("fqdn_listname", MailingList::getFqdnListname);
        readOnly("join_address", list -> list.address("join"));
        readOnly("leave_address", list -> list.address("leave"));
        readOnly("list_id", MailingList::getListId);
        readOnly("list_name", MailingList::getListName);
        readOnly("mail_host", MailingList::getMailHost);
        readOnly("no_reply_address", list -> "noreply@" + list.getMailHost());
        readOnly("owner_address", list -> list.address("owner"));
        readOnly("posting_address", MailingList::getFqdnListname);
        readOnly("request_address", list -> list.address("request"));
        counted("digest_last_sent_at", Counters::digestLastSentAt);
        counted("last_post_at", Counters::lastPostAt);
        counted("next_digest_number", Counters::nextDigestNumber);
        counted("post_id", Counters::postId);
        counted("volume", Counters::volume);
        readOnly("usenet_watermark", list -> null); // no newsgroup has been read yet
    }

    private ConfigAttributes() {}

    /** All of them, in the table's order. */
    public static List<ConfigAttribute> all() {
        return List.copyOf(ALL.values());
    }

    /** @throws UnknownException when there is no such attribute */
    public static ConfigAttribute named(String name) {
        ConfigAttribute attribute = ALL.get(name);
        if (attribute == null) {
            throw new UnknownException("attribute", name);
        }
        return attribute;
    }

    /** The whole configuration as JSON has it, see {@link ConfigAttribute#shown}; values may be null. */
    public static Map<String, Object> shown(MailingList list, Counters counters) {
        Map<String, Object> values = new LinkedHashMap<>();
        ALL.forEach((name, attribute) -> values.put(name, attribute.shown(list, counters)));
        return values;
    }

    /**
     * Changes a list: all of what is asked for, or nothing.
     *
     * @param changes by name: a String, Boolean, Number, or a Collection of Strings
     * @throws UnknownException when there is no such attribute
     * @throws InvalidValueException when an attribute is read-only or cannot have the value
     */
    public static void apply(MailingList list, Map<String, ?> changes) {
        Map<ConfigAttribute, Object> parsed = new LinkedHashMap<>();
        changes.forEach((name, value) -> {
            ConfigAttribute attribute = named(name);
            if (!attribute.isWritable()) {
                throw new InvalidValueException(name, value, "nothing: the attribute is read-only");
            }
            parsed.put(attribute, attribute.parse(value));
        });
        parsed.forEach((attribute, value) -> attribute.set(list, value));
    }

    private static <G> Group<G> in(Function<MailingList, G> group) {
        return new Group<>(group);
    }

    private static void readOnly(String name, Function<MailingList, Object> getter) {
        put(name, (list, counters) -> getter.apply(list), null, null);
    }

    private static void counted(String name, Function<Counters, Object> getter) {
        put(name, (list, counters) -> getter.apply(counters), null, null);
    }

    private static void put(
            String name,
            BiFunction<MailingList, Counters, Object> getter,
            ValueParser<?> parser,
            BiConsumer<MailingList, Object> setter) {
        ALL.put(name, new ConfigAttribute(name, getter, parser, setter));
    }

    /** A part of a list's settings. */
    private record Group<G>(Function<MailingList, G> of) {

        <T> Group<G> with(String name, ValueParser<T> parser, Function<G, T> getter, BiConsumer<G, T> setter) {
            @SuppressWarnings("unchecked") // the parser made it
            BiConsumer<MailingList, Object> set = (list, value) -> setter.accept(of.apply(list), (T) value);
            put(name, (list, counters) -> getter.apply(of.apply(list)), parser, set);
            return this;
        }
    }
}

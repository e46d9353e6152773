package org.posthorn.list;

import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.JoinColumn;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.posthorn.mail.EmailAddress;

/** Who may post, what a post must look like, and what happens to one that may not pass. */
@Embeddable
public class PostingPolicy {

    /** The chains that posts can go through, under Mailman's names. */
    public static final List<String> POSTING_CHAINS =
            List.of("default-posting-chain", "accept", "hold", "reject", "discard");

    /** The same for mail to the owners; it cannot be held. */
    public static final List<String> OWNER_CHAINS = List.of("default-owner-chain", "accept", "reject", "discard");

    /** The pipelines that accepted posts can go through. */
    public static final List<String> POSTING_PIPELINES = List.of("default-posting-pipeline", "virgin");

    /** The same for mail to the owners. */
    public static final List<String> OWNER_PIPELINES = List.of("default-owner-pipeline");

    @Column(name = "acceptable_aliases", nullable = false)
    @Convert(converter = LinesConverter.class)
    private List<String> acceptableAliases = List.of();

    /** The addresses among them, as keys: by these, ingress finds the list in one look. */
    @ElementCollection
    @CollectionTable(name = "acceptable_alias", joinColumns = @JoinColumn(name = "list_id"))
    @Column(name = "alias", nullable = false)
    private Set<String> routedAliases = new LinkedHashSet<>();

    @Column(name = "accept_these_nonmembers", nullable = false)
    @Convert(converter = LinesConverter.class)
    private List<String> acceptTheseNonmembers = List.of();

    @Column(name = "hold_these_nonmembers", nullable = false)
    @Convert(converter = LinesConverter.class)
    private List<String> holdTheseNonmembers = List.of();

    @Column(name = "reject_these_nonmembers", nullable = false)
    @Convert(converter = LinesConverter.class)
    private List<String> rejectTheseNonmembers = List.of();

    @Column(name = "discard_these_nonmembers", nullable = false)
    @Convert(converter = LinesConverter.class)
    private List<String> discardTheseNonmembers = List.of();

    @Column(name = "default_member_action", nullable = false)
    @Enumerated(EnumType.STRING)
    private Action defaultMemberAction = Action.DEFER;

    @Column(name = "default_nonmember_action", nullable = false)
    @Enumerated(EnumType.STRING)
    private Action defaultNonmemberAction = Action.HOLD;

    @Column(name = "administrivia", nullable = false)
    private boolean administrivia = true;

    @Column(name = "emergency", nullable = false)
    private boolean emergency = false;

    @Column(name = "allow_list_posts", nullable = false)
    private boolean allowListPosts = true;

    @Column(name = "max_message_size", nullable = false)
    private int maxMessageSize = 40;

    @Column(name = "max_num_recipients", nullable = false)
    private int maxNumRecipients = 10;

    @Column(name = "max_days_to_hold", nullable = false)
    private int maxDaysToHold = 0;

    @Column(name = "require_explicit_destination", nullable = false)
    private boolean requireExplicitDestination = true;

    @Column(name = "moderator_password", nullable = false)
    private String moderatorPassword = "";

    @Column(name = "admin_immed_notify", nullable = false)
    private boolean adminImmedNotify = true;

    @Column(name = "respond_to_post_requests", nullable = false)
    private boolean respondToPostRequests = true;

    @Column(name = "posting_pipeline", nullable = false)
    private String postingPipeline = "default-posting-pipeline";

    @Column(name = "posting_chain", nullable = false)
    private String postingChain = "default-posting-chain";

    @Column(name = "owner_chain", nullable = false)
    private String ownerChain = "default-owner-chain";

    @Column(name = "owner_pipeline", nullable = false)
    private String ownerPipeline = "default-owner-pipeline";

    @Column(name = "bounce_matching_headers", nullable = false)
    @Convert(converter = LinesConverter.class)
    private List<String> bounceMatchingHeaders = List.of();

    @Column(name = "topics", nullable = false)
    @Convert(converter = LinesConverter.class)
    private List<String> topics = List.of();

    @Column(name = "topics_enabled", nullable = false)
    private boolean topicsEnabled = false;

    @Column(name = "topics_bodylines_limit", nullable = false)
    private int topicsBodylinesLimit = 5;

    @Column(name = "regular_include_lists", nullable = false)
    @Convert(converter = SiblingsConverter.class)
    private List<Sibling> includedLists = List.of();

    @Column(name = "regular_exclude_lists", nullable = false)
    @Convert(converter = SiblingsConverter.class)
    private List<Sibling> excludedLists = List.of();

    @Column(name = "hold_digest", nullable = false)
    private boolean holdDigest = false;

    @Column(name = "member_verbosity_threshold", nullable = false)
    private int memberVerbosityThreshold = 0;

    @Column(name = "member_verbosity_interval", nullable = false)
    private int memberVerbosityInterval = 300;

    @Column(name = "new_member_days", nullable = false)
    private int newMemberDays = 0;

    /** Other addresses that count as the list's own: an address, or a pattern that begins with ^. */
    public List<String> getAcceptableAliases() {
        return acceptableAliases;
    }

    public void setAcceptableAliases(List<String> acceptableAliases) {
        this.acceptableAliases = List.copyOf(acceptableAliases);
        routedAliases.clear();
        for (String alias : this.acceptableAliases) {
            EmailAddress.parse(alias).map(EmailAddress::key).ifPresent(routedAliases::add);
        }
    }

    /** Nonmembers whose posts pass: an address or a ^pattern. */
    public List<String> getAcceptTheseNonmembers() {
        return acceptTheseNonmembers;
    }

    public void setAcceptTheseNonmembers(List<String> acceptTheseNonmembers) {
        this.acceptTheseNonmembers = List.copyOf(acceptTheseNonmembers);
    }

    /** Nonmembers whose posts are held: an address or a ^pattern. */
    public List<String> getHoldTheseNonmembers() {
        return holdTheseNonmembers;
    }

    public void setHoldTheseNonmembers(List<String> holdTheseNonmembers) {
        this.holdTheseNonmembers = List.copyOf(holdTheseNonmembers);
    }

    /** Nonmembers whose posts are rejected: an address or a ^pattern. */
    public List<String> getRejectTheseNonmembers() {
        return rejectTheseNonmembers;
    }

    public void setRejectTheseNonmembers(List<String> rejectTheseNonmembers) {
        this.rejectTheseNonmembers = List.copyOf(rejectTheseNonmembers);
    }

    /** Nonmembers whose posts are discarded: an address or a ^pattern. */
    public List<String> getDiscardTheseNonmembers() {
        return discardTheseNonmembers;
    }

    public void setDiscardTheseNonmembers(List<String> discardTheseNonmembers) {
        this.discardTheseNonmembers = List.copyOf(discardTheseNonmembers);
    }

    /** What is done with a member's post that nothing else decides. */
    public Action getDefaultMemberAction() {
        return defaultMemberAction;
    }

    public void setDefaultMemberAction(Action defaultMemberAction) {
        this.defaultMemberAction = defaultMemberAction;
    }

    /** What is done with a nonmember's post that nothing else decides. */
    public Action getDefaultNonmemberAction() {
        return defaultNonmemberAction;
    }

    public void setDefaultNonmemberAction(Action defaultNonmemberAction) {
        this.defaultNonmemberAction = defaultNonmemberAction;
    }

    /** Whether posts that look like commands are held. */
    public boolean isAdministrivia() {
        return administrivia;
    }

    public void setAdministrivia(boolean administrivia) {
        this.administrivia = administrivia;
    }

    /** Whether every post is held. */
    public boolean isEmergency() {
        return emergency;
    }

    public void setEmergency(boolean emergency) {
        this.emergency = emergency;
    }

    /** Whether List-Post names the list's address, or says NO. */
    public boolean isAllowListPosts() {
        return allowListPosts;
    }

    public void setAllowListPosts(boolean allowListPosts) {
        this.allowListPosts = allowListPosts;
    }

    /** The largest post, in KiB; 0: no limit. */
    public int getMaxMessageSize() {
        return maxMessageSize;
    }

    public void setMaxMessageSize(int maxMessageSize) {
        this.maxMessageSize = maxMessageSize;
    }

    /** A post with so many addresses in To and Cc is held; 0: no limit. */
    public int getMaxNumRecipients() {
        return maxNumRecipients;
    }

    public void setMaxNumRecipients(int maxNumRecipients) {
        this.maxNumRecipients = maxNumRecipients;
    }

    /** Held posts are discarded after so many days; 0: never. */
    public int getMaxDaysToHold() {
        return maxDaysToHold;
    }

    public void setMaxDaysToHold(int maxDaysToHold) {
        this.maxDaysToHold = maxDaysToHold;
    }

    /** Whether the list's address must stand in To or Cc. */
    public boolean isRequireExplicitDestination() {
        return requireExplicitDestination;
    }

    public void setRequireExplicitDestination(boolean requireExplicitDestination) {
        this.requireExplicitDestination = requireExplicitDestination;
    }

    /** The hash of the password that Approved: takes. */
    public String getModeratorPassword() {
        return moderatorPassword;
    }

    public void setModeratorPassword(String moderatorPassword) {
        this.moderatorPassword = moderatorPassword;
    }

    /** Whether moderators are told at once of what waits for them. */
    public boolean isAdminImmedNotify() {
        return adminImmedNotify;
    }

    public void setAdminImmedNotify(boolean adminImmedNotify) {
        this.adminImmedNotify = adminImmedNotify;
    }

    /** Whether the author of a held post is told. */
    public boolean isRespondToPostRequests() {
        return respondToPostRequests;
    }

    public void setRespondToPostRequests(boolean respondToPostRequests) {
        this.respondToPostRequests = respondToPostRequests;
    }

    /** The pipeline that accepted posts go through. */
    public String getPostingPipeline() {
        return postingPipeline;
    }

    public void setPostingPipeline(String postingPipeline) {
        this.postingPipeline = postingPipeline;
    }

    /** The chain that posts go through. */
    public String getPostingChain() {
        return postingChain;
    }

    public void setPostingChain(String postingChain) {
        this.postingChain = postingChain;
    }

    /** The chain that mail to the owners goes through. */
    public String getOwnerChain() {
        return ownerChain;
    }

    public void setOwnerChain(String ownerChain) {
        this.ownerChain = ownerChain;
    }

    /** The pipeline that mail to the owners goes through. */
    public String getOwnerPipeline() {
        return ownerPipeline;
    }

    public void setOwnerPipeline(String ownerPipeline) {
        this.ownerPipeline = ownerPipeline;
    }

    /** Posts with one of these in their header are held: {@code field: pattern}, each a {@link SuspiciousHeader}. */
    public List<String> getBounceMatchingHeaders() {
        return bounceMatchingHeaders;
    }

    public void setBounceMatchingHeaders(List<String> bounceMatchingHeaders) {
        this.bounceMatchingHeaders = List.copyOf(bounceMatchingHeaders);
    }

    /** What posts can be about: {@code name: pattern}, each a {@link Topic}. */
    public List<String> getTopics() {
        return topics;
    }

    public void setTopics(List<String> topics) {
        this.topics = List.copyOf(topics);
    }

    /** Whether posts are sorted by topic, and members who have chosen some get those alone. */
    public boolean isTopicsEnabled() {
        return topicsEnabled;
    }

    public void setTopicsEnabled(boolean topicsEnabled) {
        this.topicsEnabled = topicsEnabled;
    }

    /** How many lines of a post's text are looked at, blank ones not counted; 0: the header alone. */
    public int getTopicsBodylinesLimit() {
        return topicsBodylinesLimit;
    }

    public void setTopicsBodylinesLimit(int topicsBodylinesLimit) {
        this.topicsBodylinesLimit = topicsBodylinesLimit;
    }

    /** The addresses of lists whose members get the posts, too. */
    public List<String> getRegularIncludeLists() {
        return Sibling.addresses(includedLists);
    }

    /** Those that are new count when they are looked up: {@link SiblingLists}. */
    public void setRegularIncludeLists(List<String> addresses) {
        this.includedLists = Sibling.of(addresses, includedLists);
    }

    public List<Sibling> included() {
        return includedLists;
    }

    void include(List<Sibling> lists) {
        this.includedLists = List.copyOf(lists);
    }

    /** The addresses of lists whose members don't get the posts that are addressed to them, too. */
    public List<String> getRegularExcludeLists() {
        return Sibling.addresses(excludedLists);
    }

    /** As {@link #setRegularIncludeLists}. */
    public void setRegularExcludeLists(List<String> addresses) {
        this.excludedLists = Sibling.of(addresses, excludedLists);
    }

    public List<Sibling> excluded() {
        return excludedLists;
    }

    void exclude(List<Sibling> lists) {
        this.excludedLists = List.copyOf(lists);
    }

    /** Whether replies to a digest as a whole are held. */
    public boolean isHoldDigest() {
        return holdDigest;
    }

    public void setHoldDigest(boolean holdDigest) {
        this.holdDigest = holdDigest;
    }

    /** From so many posts of a member on, within {@link #getMemberVerbosityInterval}, each is held; 0: none is. */
    public int getMemberVerbosityThreshold() {
        return memberVerbosityThreshold;
    }

    public void setMemberVerbosityThreshold(int memberVerbosityThreshold) {
        this.memberVerbosityThreshold = memberVerbosityThreshold;
    }

    /** In seconds. */
    public int getMemberVerbosityInterval() {
        return memberVerbosityInterval;
    }

    public void setMemberVerbosityInterval(int memberVerbosityInterval) {
        this.memberVerbosityInterval = memberVerbosityInterval;
    }

    /** Posts of who joined less than so many days ago are held; 0: they are not. */
    public int getNewMemberDays() {
        return newMemberDays;
    }

    public void setNewMemberDays(int newMemberDays) {
        this.newMemberDays = newMemberDays;
    }
}

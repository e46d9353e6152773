package org.posthorn.list;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;

/** What a post looks like when it reaches a member: headers, Reply-To, personal copies. */
@Embeddable
public class MailAppearance {

    @Column(name = "subject_prefix", nullable = false)
    private String subjectPrefix = "";

    @Column(name = "anonymous_list", nullable = false)
    private boolean anonymousList = false;

    @Column(name = "include_rfc2369_headers", nullable = false)
    private boolean includeRfc2369Headers = true;

    @Column(name = "reply_goes_to_list", nullable = false)
    @Enumerated(EnumType.STRING)
    private ReplyGoesTo replyGoesToList = ReplyGoesTo.NO_MUNGING;

    @Column(name = "reply_to_address", nullable = false)
    private String replyToAddress = "";

    @Column(name = "first_strip_reply_to", nullable = false)
    private boolean firstStripReplyTo = false;

    @Column(name = "personalize", nullable = false)
    @Enumerated(EnumType.STRING)
    private Personalization personalize = Personalization.NONE;

    @Column(name = "attachment_link_threshold", nullable = false)
    private int attachmentLinkThreshold = 0;

    @Column(name = "attachment_link_days", nullable = false)
    private int attachmentLinkDays = 30;

    /** KiB above which a part that is neither text nor signed is kept on the site, with a link in its place; 0: none is. */
    public int getAttachmentLinkThreshold() {
        return attachmentLinkThreshold;
    }

    public void setAttachmentLinkThreshold(int attachmentLinkThreshold) {
        this.attachmentLinkThreshold = attachmentLinkThreshold;
    }

    /** For how many days it is kept; 0: as long as the list is there. */
    public int getAttachmentLinkDays() {
        return attachmentLinkDays;
    }

    public void setAttachmentLinkDays(int attachmentLinkDays) {
        this.attachmentLinkDays = attachmentLinkDays;
    }

    /** What is put before the subject. */
    public String getSubjectPrefix() {
        return subjectPrefix;
    }

    public void setSubjectPrefix(String subjectPrefix) {
        this.subjectPrefix = subjectPrefix;
    }

    /** Whether authors are hidden. */
    public boolean isAnonymousList() {
        return anonymousList;
    }

    public void setAnonymousList(boolean anonymousList) {
        this.anonymousList = anonymousList;
    }

    /** Whether posts carry the List-* header fields. */
    public boolean isIncludeRfc2369Headers() {
        return includeRfc2369Headers;
    }

    public void setIncludeRfc2369Headers(boolean includeRfc2369Headers) {
        this.includeRfc2369Headers = includeRfc2369Headers;
    }

    /** What Reply-To says. */
    public ReplyGoesTo getReplyGoesToList() {
        return replyGoesToList;
    }

    public void setReplyGoesToList(ReplyGoesTo replyGoesToList) {
        this.replyGoesToList = replyGoesToList;
    }

    /** The address that an explicit Reply-To names. */
    public String getReplyToAddress() {
        return replyToAddress;
    }

    public void setReplyToAddress(String replyToAddress) {
        this.replyToAddress = replyToAddress;
    }

    /** Whether the author's Reply-To is removed first. */
    public boolean isFirstStripReplyTo() {
        return firstStripReplyTo;
    }

    public void setFirstStripReplyTo(boolean firstStripReplyTo) {
        this.firstStripReplyTo = firstStripReplyTo;
    }

    /** Whether each member gets a copy of their own. */
    public Personalization getPersonalize() {
        return personalize;
    }

    public void setPersonalize(Personalization personalize) {
        this.personalize = personalize;
    }
}

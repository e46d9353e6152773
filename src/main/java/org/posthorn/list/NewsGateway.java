package org.posthorn.list;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;

/** The list's newsgroup, if it has one. */
@Embeddable
public class NewsGateway {

    @Column(name = "gateway_to_mail", nullable = false)
    private boolean gatewayToMail = false;

    @Column(name = "gateway_to_news", nullable = false)
    private boolean gatewayToNews = false;

    @Column(name = "linked_newsgroup", nullable = false)
    private String linkedNewsgroup = "";

    @Column(name = "newsgroup_moderation", nullable = false)
    @Enumerated(EnumType.STRING)
    private NewsgroupModeration newsgroupModeration = NewsgroupModeration.NONE;

    @Column(name = "nntp_prefix_subject_too", nullable = false)
    private boolean nntpPrefixSubjectToo = true;

    /** Whether news goes to the list. */
    public boolean isGatewayToMail() {
        return gatewayToMail;
    }

    public void setGatewayToMail(boolean gatewayToMail) {
        this.gatewayToMail = gatewayToMail;
    }

    /** Whether posts go to the newsgroup. */
    public boolean isGatewayToNews() {
        return gatewayToNews;
    }

    public void setGatewayToNews(boolean gatewayToNews) {
        this.gatewayToNews = gatewayToNews;
    }

    /** The newsgroup's name. */
    public String getLinkedNewsgroup() {
        return linkedNewsgroup;
    }

    public void setLinkedNewsgroup(String linkedNewsgroup) {
        this.linkedNewsgroup = linkedNewsgroup;
    }

    /** How the newsgroup is moderated. */
    public NewsgroupModeration getNewsgroupModeration() {
        return newsgroupModeration;
    }

    public void setNewsgroupModeration(NewsgroupModeration newsgroupModeration) {
        this.newsgroupModeration = newsgroupModeration;
    }

    /** Whether the subject prefix goes to the newsgroup, too. */
    public boolean isNntpPrefixSubjectToo() {
        return nntpPrefixSubjectToo;
    }

    public void setNntpPrefixSubjectToo(boolean nntpPrefixSubjectToo) {
        this.nntpPrefixSubjectToo = nntpPrefixSubjectToo;
    }
}

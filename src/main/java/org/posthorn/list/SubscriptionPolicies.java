package org.posthorn.list;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;

/** Who may join and leave, and who is told. */
@Embeddable
public class SubscriptionPolicies {

    @Column(name = "subscription_policy", nullable = false)
    @Enumerated(EnumType.STRING)
    private SubscriptionPolicy subscriptionPolicy = SubscriptionPolicy.CONFIRM;

    @Column(name = "unsubscription_policy", nullable = false)
    @Enumerated(EnumType.STRING)
    private SubscriptionPolicy unsubscriptionPolicy = SubscriptionPolicy.CONFIRM;

    @Column(name = "send_welcome_message", nullable = false)
    private boolean sendWelcomeMessage = true;

    @Column(name = "send_goodbye_message", nullable = false)
    private boolean sendGoodbyeMessage = true;

    @Column(name = "admin_notify_mchanges", nullable = false)
    private boolean adminNotifyMchanges = false;

    @Column(name = "member_roster_visibility", nullable = false)
    @Enumerated(EnumType.STRING)
    private RosterVisibility memberRosterVisibility = RosterVisibility.MODERATORS;

    /** What joining takes. */
    public SubscriptionPolicy getSubscriptionPolicy() {
        return subscriptionPolicy;
    }

    public void setSubscriptionPolicy(SubscriptionPolicy subscriptionPolicy) {
        this.subscriptionPolicy = subscriptionPolicy;
    }

    /** What leaving takes. */
    public SubscriptionPolicy getUnsubscriptionPolicy() {
        return unsubscriptionPolicy;
    }

    public void setUnsubscriptionPolicy(SubscriptionPolicy unsubscriptionPolicy) {
        this.unsubscriptionPolicy = unsubscriptionPolicy;
    }

    /** Whether new members are welcomed. */
    public boolean isSendWelcomeMessage() {
        return sendWelcomeMessage;
    }

    public void setSendWelcomeMessage(boolean sendWelcomeMessage) {
        this.sendWelcomeMessage = sendWelcomeMessage;
    }

    /** Whether leaving members are told so. */
    public boolean isSendGoodbyeMessage() {
        return sendGoodbyeMessage;
    }

    public void setSendGoodbyeMessage(boolean sendGoodbyeMessage) {
        this.sendGoodbyeMessage = sendGoodbyeMessage;
    }

    /** Whether owners are told who joins and leaves. */
    public boolean isAdminNotifyMchanges() {
        return adminNotifyMchanges;
    }

    public void setAdminNotifyMchanges(boolean adminNotifyMchanges) {
        this.adminNotifyMchanges = adminNotifyMchanges;
    }

    /** Who may see the roster. */
    public RosterVisibility getMemberRosterVisibility() {
        return memberRosterVisibility;
    }

    public void setMemberRosterVisibility(RosterVisibility memberRosterVisibility) {
        this.memberRosterVisibility = memberRosterVisibility;
    }
}

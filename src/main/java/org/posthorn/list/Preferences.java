package org.posthorn.list;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;

/**
 * What a person wishes. Each wish may be left open (null): then the next wider one counts, member, then address, then
 * subscriber, then {@linkplain #SYSTEM the site's}.
 */
@Embeddable
public class Preferences {

    /** What counts where nobody wishes anything. */
    public static final Preferences SYSTEM = system();

    @Column(name = "acknowledge_posts")
    private Boolean acknowledgePosts;

    @Column(name = "delivery_mode")
    @Enumerated(EnumType.STRING)
    private DeliveryMode deliveryMode;

    @Column(name = "delivery_status")
    @Enumerated(EnumType.STRING)
    private DeliveryStatus deliveryStatus;

    @Column(name = "hide_address")
    private Boolean hideAddress;

    @Column(name = "preferred_language")
    private String preferredLanguage;

    @Column(name = "receive_list_copy")
    private Boolean receiveListCopy;

    @Column(name = "receive_own_postings")
    private Boolean receiveOwnPostings;

    private static Preferences system() {
        Preferences system = new Preferences();
        system.acknowledgePosts = false;
        system.deliveryMode = DeliveryMode.REGULAR;
        system.deliveryStatus = DeliveryStatus.ENABLED;
        system.hideAddress = true;
        system.preferredLanguage = "en";
        system.receiveListCopy = true;
        system.receiveOwnPostings = true;
        return system;
    }

    /**
     * @param narrowerFirst e.g. a member's, its address's and its subscriber's; {@link #SYSTEM} is added
     * @return what counts; nothing is null
     */
    public static Preferences inherit(Preferences... narrowerFirst) {
        Preferences all = new Preferences();
        for (Preferences each : narrowerFirst) {
            all.fillFrom(each);
        }
        all.fillFrom(SYSTEM);
        return all;
    }

    /** Takes over the other's wishes where none is here. */
    void absorb(Preferences other) {
        guard();
        fillFrom(other);
    }

    private void fillFrom(Preferences wider) {
        if (wider == null) {
            return;
        }
        acknowledgePosts = acknowledgePosts == null ? wider.acknowledgePosts : acknowledgePosts;
        deliveryMode = deliveryMode == null ? wider.deliveryMode : deliveryMode;
        deliveryStatus = deliveryStatus == null ? wider.deliveryStatus : deliveryStatus;
        hideAddress = hideAddress == null ? wider.hideAddress : hideAddress;
        preferredLanguage = preferredLanguage == null ? wider.preferredLanguage : preferredLanguage;
        receiveListCopy = receiveListCopy == null ? wider.receiveListCopy : receiveListCopy;
        receiveOwnPostings = receiveOwnPostings == null ? wider.receiveOwnPostings : receiveOwnPostings;
    }

    /** Leaves every wish open. */
    public void clear() {
        guard();
        acknowledgePosts = null;
        deliveryMode = null;
        deliveryStatus = null;
        hideAddress = null;
        preferredLanguage = null;
        receiveListCopy = null;
        receiveOwnPostings = null;
    }

    /** Whether the sender of a post is told that it was taken. @return null: left open */
    public Boolean getAcknowledgePosts() {
        return acknowledgePosts;
    }

    public void setAcknowledgePosts(Boolean acknowledgePosts) {
        guard();
        this.acknowledgePosts = acknowledgePosts;
    }

    /** How posts come: each by itself or collected. @return null: left open */
    public DeliveryMode getDeliveryMode() {
        return deliveryMode;
    }

    public void setDeliveryMode(DeliveryMode deliveryMode) {
        guard();
        this.deliveryMode = deliveryMode;
    }

    /** Whether posts come at all. @return null: left open */
    public DeliveryStatus getDeliveryStatus() {
        return deliveryStatus;
    }

    public void setDeliveryStatus(DeliveryStatus deliveryStatus) {
        guard();
        this.deliveryStatus = deliveryStatus;
    }

    /** Whether other members do not see the address. @return null: left open */
    public Boolean getHideAddress() {
        return hideAddress;
    }

    public void setHideAddress(Boolean hideAddress) {
        guard();
        this.hideAddress = hideAddress;
    }

    /** The language (BCP 47) in which Posthorn writes to this person. @return null: left open */
    public String getPreferredLanguage() {
        return preferredLanguage;
    }

    public void setPreferredLanguage(String preferredLanguage) {
        guard();
        this.preferredLanguage = preferredLanguage;
    }

    /** Whether the list's copy comes, too, when a post names the address in To or Cc. @return null: left open */
    public Boolean getReceiveListCopy() {
        return receiveListCopy;
    }

    public void setReceiveListCopy(Boolean receiveListCopy) {
        guard();
        this.receiveListCopy = receiveListCopy;
    }

    /** Whether one's own posts come back. @return null: left open */
    public Boolean getReceiveOwnPostings() {
        return receiveOwnPostings;
    }

    public void setReceiveOwnPostings(Boolean receiveOwnPostings) {
        guard();
        this.receiveOwnPostings = receiveOwnPostings;
    }

    private void guard() {
        if (this == SYSTEM) {
            throw new IllegalStateException("the site's preferences cannot be changed");
        }
    }
}

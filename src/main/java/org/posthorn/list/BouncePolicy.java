package org.posthorn.list;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import java.time.Duration;

/** What bounces do to a membership. */
@Embeddable
public class BouncePolicy {

    @Column(name = "process_bounces", nullable = false)
    private boolean processBounces = true;

    @Column(name = "bounce_score_threshold", nullable = false)
    private int bounceScoreThreshold = 5;

    @Column(name = "bounce_info_stale_after", nullable = false)
    @Convert(converter = DurationConverter.class)
    private Duration bounceInfoStaleAfter = Duration.parse("P7D");

    @Column(name = "bounce_you_are_disabled_warnings", nullable = false)
    private int bounceYouAreDisabledWarnings = 3;

    @Column(name = "bounce_you_are_disabled_warnings_interval", nullable = false)
    @Convert(converter = DurationConverter.class)
    private Duration bounceYouAreDisabledWarningsInterval = Duration.parse("P7D");

    @Column(name = "bounce_notify_owner_on_bounce_increment", nullable = false)
    private boolean bounceNotifyOwnerOnBounceIncrement = false;

    @Column(name = "bounce_notify_owner_on_disable", nullable = false)
    private boolean bounceNotifyOwnerOnDisable = true;

    @Column(name = "bounce_notify_owner_on_removal", nullable = false)
    private boolean bounceNotifyOwnerOnRemoval = true;

    @Column(name = "forward_unrecognized_bounces_to", nullable = false)
    @Enumerated(EnumType.STRING)
    private UnrecognizedBounces forwardUnrecognizedBouncesTo = UnrecognizedBounces.ADMINISTRATORS;

    /** Whether bounces are counted. */
    public boolean isProcessBounces() {
        return processBounces;
    }

    public void setProcessBounces(boolean processBounces) {
        this.processBounces = processBounces;
    }

    /** A membership is disabled at this score. */
    public int getBounceScoreThreshold() {
        return bounceScoreThreshold;
    }

    public void setBounceScoreThreshold(int bounceScoreThreshold) {
        this.bounceScoreThreshold = bounceScoreThreshold;
    }

    /** A score that did not grow for so long is forgotten. */
    public Duration getBounceInfoStaleAfter() {
        return bounceInfoStaleAfter;
    }

    public void setBounceInfoStaleAfter(Duration bounceInfoStaleAfter) {
        this.bounceInfoStaleAfter = bounceInfoStaleAfter;
    }

    /** How many warnings a disabled member gets before removal. */
    public int getBounceYouAreDisabledWarnings() {
        return bounceYouAreDisabledWarnings;
    }

    public void setBounceYouAreDisabledWarnings(int bounceYouAreDisabledWarnings) {
        this.bounceYouAreDisabledWarnings = bounceYouAreDisabledWarnings;
    }

    /** The time between two warnings. */
    public Duration getBounceYouAreDisabledWarningsInterval() {
        return bounceYouAreDisabledWarningsInterval;
    }

    public void setBounceYouAreDisabledWarningsInterval(Duration bounceYouAreDisabledWarningsInterval) {
        this.bounceYouAreDisabledWarningsInterval = bounceYouAreDisabledWarningsInterval;
    }

    /** Whether owners are told of each bounce. */
    public boolean isBounceNotifyOwnerOnBounceIncrement() {
        return bounceNotifyOwnerOnBounceIncrement;
    }

    public void setBounceNotifyOwnerOnBounceIncrement(boolean bounceNotifyOwnerOnBounceIncrement) {
        this.bounceNotifyOwnerOnBounceIncrement = bounceNotifyOwnerOnBounceIncrement;
    }

    /** Whether owners are told of a disabled membership. */
    public boolean isBounceNotifyOwnerOnDisable() {
        return bounceNotifyOwnerOnDisable;
    }

    public void setBounceNotifyOwnerOnDisable(boolean bounceNotifyOwnerOnDisable) {
        this.bounceNotifyOwnerOnDisable = bounceNotifyOwnerOnDisable;
    }

    /** Whether owners are told of a removed membership. */
    public boolean isBounceNotifyOwnerOnRemoval() {
        return bounceNotifyOwnerOnRemoval;
    }

    public void setBounceNotifyOwnerOnRemoval(boolean bounceNotifyOwnerOnRemoval) {
        this.bounceNotifyOwnerOnRemoval = bounceNotifyOwnerOnRemoval;
    }

    /** Who gets the bounces that nothing understands. */
    public UnrecognizedBounces getForwardUnrecognizedBouncesTo() {
        return forwardUnrecognizedBouncesTo;
    }

    public void setForwardUnrecognizedBouncesTo(UnrecognizedBounces forwardUnrecognizedBouncesTo) {
        this.forwardUnrecognizedBouncesTo = forwardUnrecognizedBouncesTo;
    }
}

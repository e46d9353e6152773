package org.posthorn.list;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;

/** When digests go out. */
@Embeddable
public class DigestPolicy {

    @Column(name = "digests_enabled", nullable = false)
    private boolean digestsEnabled = true;

    @Column(name = "digest_send_periodic", nullable = false)
    private boolean digestSendPeriodic = true;

    @Column(name = "digest_size_threshold", nullable = false)
    private double digestSizeThreshold = 30.0;

    @Column(name = "digest_volume_frequency", nullable = false)
    @Enumerated(EnumType.STRING)
    private DigestFrequency digestVolumeFrequency = DigestFrequency.MONTHLY;

    /** Whether members may have digests. */
    public boolean isDigestsEnabled() {
        return digestsEnabled;
    }

    public void setDigestsEnabled(boolean digestsEnabled) {
        this.digestsEnabled = digestsEnabled;
    }

    /** Whether a digest goes out daily even when it is small. */
    public boolean isDigestSendPeriodic() {
        return digestSendPeriodic;
    }

    public void setDigestSendPeriodic(boolean digestSendPeriodic) {
        this.digestSendPeriodic = digestSendPeriodic;
    }

    /** A digest goes out at so many KiB. */
    public double getDigestSizeThreshold() {
        return digestSizeThreshold;
    }

    public void setDigestSizeThreshold(double digestSizeThreshold) {
        this.digestSizeThreshold = digestSizeThreshold;
    }

    /** How often the volume number grows. */
    public DigestFrequency getDigestVolumeFrequency() {
        return digestVolumeFrequency;
    }

    public void setDigestVolumeFrequency(DigestFrequency digestVolumeFrequency) {
        this.digestVolumeFrequency = digestVolumeFrequency;
    }
}

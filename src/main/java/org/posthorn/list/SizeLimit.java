package org.posthorn.list;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.posthorn.platform.settings.Settings;

/**
 * How large a post the site takes at all (POSTHORN_MAX_MESSAGE): a list that takes larger ones would never see them. A
 * larger number that a list has already, from before the site's limit was lowered, stays, and is of no consequence.
 */
@ApplicationScoped
public class SizeLimit {

    private final long sitesBytes;

    protected SizeLimit() {
        this(0);
    }

    @Inject
    public SizeLimit(Settings settings) {
        this(settings.lmtp().maxMessageBytes());
    }

    SizeLimit(long sitesBytes) {
        this.sitesBytes = sitesBytes;
    }

    /** More than the site allows. */
    public static final class OverSiteException extends InvalidValueException {
        private static final long serialVersionUID = 1;

        private final String allows;

        OverSiteException(long wantedBytes, long allowedBytes) {
            super("max_message_size", withUnit(wantedBytes), "at most " + withUnit(allowedBytes) + ", as the site's");
            this.allows = withUnit(allowedBytes);
        }

        /** The site's limit with its unit; as {@link #value()}. */
        public String allows() {
            return allows;
        }

        /** In words for whoever set it. */
        public String words() {
            return value() + " is more than the site allows (" + allows + ")";
        }
    }

    /**
     * @param before the list's limit, in KiB
     * @param after what it is to be; 0: none but the site's
     * @throws OverSiteException when it is a new one, and larger than the site's
     */
    void require(int before, int after) {
        if (after != before && after * 1024L > sitesBytes) {
            throw new OverSiteException(after * 1024L, sitesBytes);
        }
    }

    private static String withUnit(long bytes) {
        return bytes % (1 << 20) == 0 ? (bytes >> 20) + " MB" : (bytes >> 10) + " KB";
    }
}

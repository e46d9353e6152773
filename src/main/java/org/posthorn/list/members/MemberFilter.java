package org.posthorn.list.members;

import java.util.Locale;
import org.posthorn.list.DeliveryMode;
import org.posthorn.list.DeliveryStatus;
import org.posthorn.list.Role;
import org.posthorn.platform.Text;

/**
 * Which members are wanted.
 *
 * @param term how an address, its domain (after an @), a name or a later word of a name begins, in any case; empty: any
 * @param status what counts after inheritance; null: any
 * @param mode the same
 */
public record MemberFilter(Role role, String term, DeliveryStatus status, DeliveryMode mode) {

    private static final int LONGEST_TERM = 320;

    public MemberFilter {
        term = Text.line(term, LONGEST_TERM).strip().toLowerCase(Locale.ROOT);
    }

    public static MemberFilter of(Role role) {
        return new MemberFilter(role, "", null, null);
    }

    boolean isOpen() {
        return term.isEmpty() && status == null && mode == null;
    }
}

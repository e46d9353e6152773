package org.posthorn.list.members;

import java.util.List;
import org.posthorn.list.Action;
import org.posthorn.list.DeliveryMode;
import org.posthorn.list.DeliveryStatus;
import org.posthorn.list.Role;

/**
 * What a member is to be like.
 *
 * @param displayName the name on this list alone; blank: none
 * @param status null: inherited
 * @param mode null: inherited
 * @param moderationAction null: the list's default
 * @param topics names of the list's; none: every post; null: as they are
 * @param receiveUntagged whether posts that no topic hits come, too; counts where topics are given
 */
public record MemberChange(
        Role role,
        String displayName,
        DeliveryStatus status,
        DeliveryMode mode,
        Action moderationAction,
        List<String> topics,
        boolean receiveUntagged) {

    /** One that leaves the topics as they are. */
    public MemberChange(
            Role role, String displayName, DeliveryStatus status, DeliveryMode mode, Action moderationAction) {
        this(role, displayName, status, mode, moderationAction, null, false);
    }
}

package org.posthorn.list.members;

import java.time.Instant;
import java.util.List;
import org.posthorn.list.Action;
import org.posthorn.list.DeliveryMode;
import org.posthorn.list.DeliveryStatus;
import org.posthorn.list.Role;

/**
 * A member as a table shows it.
 *
 * @param email as its owner writes it
 * @param displayName the member's own, else the address's, else the person's; may be empty
 * @param status what counts after inheritance
 * @param mode the same
 * @param moderationAction null: the list's default
 * @param ownName the name on this list alone; null: none
 * @param ownStatus set for this membership; null: inherited
 * @param ownMode the same
 * @param topics the list's topics that the member has chosen, in lower case; none: every post comes
 * @param receiveUntagged whether posts that no topic hits come, too
 * @param version changes with each change: who changes the member says which one they saw
 */
public record MemberRow(
        long id,
        Role role,
        String email,
        String displayName,
        DeliveryStatus status,
        DeliveryMode mode,
        Action moderationAction,
        Instant joinedAt,
        String ownName,
        DeliveryStatus ownStatus,
        DeliveryMode ownMode,
        List<String> topics,
        boolean receiveUntagged,
        long version) {}

package org.posthorn.list.members;

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
 */
public record MemberChange(
        Role role, String displayName, DeliveryStatus status, DeliveryMode mode, Action moderationAction) {}

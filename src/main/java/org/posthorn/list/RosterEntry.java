package org.posthorn.list;

import java.time.Instant;

/**
 * What the roster knows of somebody who acts on a list.
 *
 * @param memberId the membership's row
 * @param email the address's key
 * @param moderationAction null: what the list does by default
 */
public record RosterEntry(long memberId, Role role, String email, Action moderationAction, Instant joinedAt) {}

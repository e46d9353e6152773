package org.posthorn.moderation;

import org.posthorn.list.Action;

/**
 * What the sender is to the list, and what is done with such a sender's posts.
 *
 * @param email the sender's address that decided; empty when the post has none
 * @param member whether it is a member's
 * @param action {@link Action#DEFER}: nothing special, the other rules decide
 * @param reason why this action
 */
public record Standing(String email, boolean member, Action action, Reason reason) {}

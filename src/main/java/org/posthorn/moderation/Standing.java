package org.posthorn.moderation;

import java.time.Instant;
import java.util.Optional;
import org.posthorn.list.Action;

/**
 * What the sender is to the list, and what is done with such a sender's posts.
 *
 * @param email the sender's address that decided; empty when the post has none
 * @param member whether it is a member's
 * @param action {@link Action#DEFER}: nothing special, the other rules decide
 * @param reason why this action
 * @param joinedAt when a member joined for whom no action of their own is set; empty: anybody else
 */
public record Standing(String email, boolean member, Action action, Reason reason, Optional<Instant> joinedAt) {

    Standing(String email, boolean member, Action action, Reason reason) {
        this(email, member, action, reason, Optional.empty());
    }
}

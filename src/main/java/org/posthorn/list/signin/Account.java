package org.posthorn.list.signin;

/**
 * Somebody who can sign in.
 *
 * @param name what they signed in as
 * @param passwordHash as stored
 * @param serverOwner whether they may do everything
 */
public record Account(long subscriberId, String name, String passwordHash, boolean serverOwner) {

    @Override
    public String toString() {
        return "Account[" + subscriberId + "]";
    }
}

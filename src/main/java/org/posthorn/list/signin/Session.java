package org.posthorn.list.signin;

import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;

/**
 * What a console session keeps of the sign-in that began it; {@link SignIn#again} says whether it still holds.
 *
 * @param name what they signed in as
 * @param since when they signed in
 * @param mark of the password that was right; another password has another one, and tells nothing of it
 */
public record Session(long subscriberId, String name, Instant since, String mark) implements Serializable {

    /** However busy it is kept: who goes on after this signs in once more. */
    public static final Duration LONGEST = Duration.ofDays(14);

    boolean isTooOld(Instant now) {
        return !now.isBefore(since.plus(LONGEST));
    }

    @Override
    public String toString() {
        return "Session[" + subscriberId + "]";
    }
}

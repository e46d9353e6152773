package org.posthorn.list.signin;

import java.time.Duration;

/** What becomes of an attempt to sign in. */
public sealed interface SignInOutcome {

    /** Name and password were right. */
    record Admitted(Account account) implements SignInOutcome {}

    /** A service account's secret was right. */
    record Service(ServiceAccount account) implements SignInOutcome {}

    /** Name or password was wrong; which of them is not told. */
    record Wrong() implements SignInOutcome {}

    /** Too many were wrong: the password was not looked at. */
    record TryLater(Duration after) implements SignInOutcome {

        /** @return rounded up, for HTTP's Retry-After */
        public long seconds() {
            return Math.max(1, after.toSeconds() + 1);
        }
    }
}

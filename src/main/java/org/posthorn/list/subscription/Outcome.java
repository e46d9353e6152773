package org.posthorn.list.subscription;

/** What became of a wish to join or leave. */
public sealed interface Outcome {

    /** @param memberId the membership that was made or ended; null: it had ended before */
    record Done(Long memberId) implements Outcome {}

    /**
     * It waits.
     *
     * @param token names the request to moderators and REST; confirms nothing by itself
     * @param owner whose word it waits for: never {@link TokenOwner#NO_ONE}
     */
    record Waits(String token, TokenOwner owner) implements Outcome {}
}

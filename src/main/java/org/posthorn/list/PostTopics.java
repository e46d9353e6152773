package org.posthorn.list;

import java.util.List;

/**
 * Which of its list's topics a post is about, for who has chosen some.
 *
 * @param asked whether the list goes by topics at all; else everybody gets the post
 * @param keys the topics that it is about, see {@link Topic#key}; none: only those get it who have chosen no topic or wish
 *     posts that no topic hits
 */
public record PostTopics(boolean asked, List<String> keys) {

    public PostTopics {
        keys = List.copyOf(keys);
    }

    /** For a list that does not go by topics. */
    public static PostTopics notAsked() {
        return new PostTopics(false, List.of());
    }
}

package org.posthorn.list;

import java.util.List;
import java.util.Objects;

/**
 * Who may wish no copy of a post: its sender (who may not want own posts back) and those whom it names in To or Cc (who
 * may not want the list's copy as well). Whether they wish it, their preferences say.
 *
 * @param senderKey an address in lower case, or empty
 * @param addressedKeys addresses in lower case; the first 500 count
 */
public record NoCopy(String senderKey, List<String> addressedKeys) {

    private static final int MOST = 500;

    public NoCopy {
        senderKey = Objects.requireNonNullElse(senderKey, "");
        addressedKeys = addressedKeys.stream().distinct().limit(MOST).toList();
    }

    /** Everybody gets one. */
    public static NoCopy ofNobody() {
        return new NoCopy("", List.of());
    }
}

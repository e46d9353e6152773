package org.posthorn.digest;

import java.util.Map;
import org.posthorn.list.DigestNumbers.Numbered;
import org.posthorn.pipeline.OutAttributes;

/** One digest, whatever kinds it is written in. @param volume from 1; @param number within the volume, from 1 */
record Issue(long digestId, int volume, int number) {

    private static final String VOLUME = "volume";
    private static final String NUMBER = "number";

    static Issue of(long digestId, Numbered numbered) {
        return new Issue(digestId, numbered.volume(), numbered.number());
    }

    static Issue of(Map<String, String> attributes) {
        return new Issue(
                Long.parseLong(attributes.get(OutAttributes.DIGEST_ID)),
                Integer.parseInt(attributes.get(VOLUME)),
                Integer.parseInt(attributes.get(NUMBER)));
    }

    Map<String, String> attributes() {
        return Map.of(
                OutAttributes.DIGEST_ID,
                Long.toString(digestId),
                VOLUME,
                Integer.toString(volume),
                NUMBER,
                Integer.toString(number));
    }

    /** For traces and logs. */
    String english() {
        return "Vol " + volume + ", Issue " + number;
    }
}

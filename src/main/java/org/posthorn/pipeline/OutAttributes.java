package org.posthorn.pipeline;

/** The names of what the pipeline tells the delivery with each entry in {@code out}. */
public final class OutAttributes {

    /** {@code post}, {@code owner}, {@code virgin} or {@code digest}. */
    public static final String KIND = "kind";

    /**
     * {@code none}: the same octets for all; {@code individual} or {@code full}: a copy for each, with a VERP reverse-path,
     * and what the stored message's plan says of header, footer and To.
     */
    public static final String PERSONALIZE = "personalize";

    /** A value of {@link #PERSONALIZE}: the To names the recipient. */
    static final String FULL = "full";

    /** A value of {@link #KIND}: a digest, for those who read its {@link #DIGEST_MODE}. */
    public static final String DIGEST = "digest";

    /** Of an entry in {@code pipeline}: which kind of digest it is, a {@code DeliveryMode}. */
    public static final String DIGEST_MODE = "mode";

    /** Of an entry in {@code pipeline}: the digest's id, the same for all its kinds. */
    public static final String DIGEST_ID = "digest";

    /** The reverse-path, or for individual copies what it is made of; empty for the null path. */
    public static final String BOUNCES = "bounces";

    private OutAttributes() {}
}

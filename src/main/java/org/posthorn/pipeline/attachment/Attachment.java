package org.posthorn.pipeline.attachment;

import java.time.Instant;
import java.util.Optional;

/**
 * A part of a post that is kept on the site.
 *
 * @param token the end of its address
 * @param name what its sender calls it, one line; empty: nothing
 * @param type the media type that its sender says
 * @param expires empty: it stays as long as the list does
 * @param open whether anybody with the address may fetch it, since anybody may read the list's archive
 */
public record Attachment(
        long id,
        String token,
        long listId,
        String name,
        String type,
        long sizeBytes,
        Optional<Instant> expires,
        boolean open) {}

package org.posthorn.pipeline.handler;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import java.util.Set;
import org.posthorn.list.ArchivePolicy;
import org.posthorn.list.MailingList;
import org.posthorn.mail.HeaderBlock;
import org.posthorn.pipeline.Draft;
import org.posthorn.pipeline.Handler;

/**
 * Says where the post is in the list's archive (RFC 5064), by a name that anybody can work out from its Message-ID: the
 * base32 of the SHA-1, as Mailman has it in Message-ID-Hash. So the address is known before there is a page, and stays the
 * one that a Mailman site with HyperKitty had. Not for a list without an archive, nor for a post whose author wants none.
 */
public final class ArchivedAt implements Handler {

    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    /** Of ours or of other lists. */
    private static final Set<String> REPLACED = Set.of("archived-at", "message-id-hash", "x-message-id-hash");

    @Override
    public String name() {
        return "archived-at";
    }

    @Override
    public void handle(Draft draft) {
        HeaderBlock header = draft.header();
        header.remove(field -> REPLACED.contains(field.name().toLowerCase(Locale.ROOT)));
        header.messageId().map(ArchivedAt::hash).ifPresent(hash -> {
            header.add("Message-ID-Hash", hash);
            if (isArchived(draft.list(), header)) {
                header.add("Archived-At", "<" + page(draft) + "message/" + hash + "/>");
            }
        });
    }

    private static boolean isArchived(MailingList list, HeaderBlock header) {
        return list.archiving().getArchivePolicy() != ArchivePolicy.NEVER
                && !header.has("X-No-Archive")
                && !header.first("X-Archive").orElse("").strip().equalsIgnoreCase("no");
    }

    private static String page(Draft draft) {
        return draft.baseUrl() + "/archives/list/" + draft.list().getFqdnListname() + "/";
    }

    /** @param messageId with its angle brackets, which don't count */
    static String hash(String messageId) {
        String id = messageId.startsWith("<") && messageId.endsWith(">")
                ? messageId.substring(1, messageId.length() - 1)
                : messageId;
        try {
            return base32(MessageDigest.getInstance("SHA-1").digest(id.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-1 cannot be missing", e);
        }
    }

    /** RFC 4648 section 6; 20 octets need no padding. */
    private static String base32(byte[] octets) {
        StringBuilder text = new StringBuilder(32);
        int bits = 0;
        int count = 0;
        for (byte octet : octets) {
            bits = bits << 8 | octet & 0xff;
            count += 8;
            while (count >= 5) {
                count -= 5;
                text.append(BASE32.charAt(bits >> count & 31));
            }
        }
        return text.toString();
    }
}

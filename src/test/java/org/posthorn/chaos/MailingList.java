package org.posthorn.chaos;

import java.util.List;
import java.util.stream.IntStream;

/**
 * A list, and who is on it: a stretch of the numbered people, beginning elsewhere for each list, so that the lists share
 * some members and none has another's all.
 *
 * @param number from 0
 */
record MailingList(int number, int size, boolean personal) {

    static final String DOMAIN = "lists.chaos.example";
    private static final int STRIDE = 2;

    String localPart() {
        return "list" + number;
    }

    String address() {
        return localPart() + "@" + DOMAIN;
    }

    /** What stands below each copy; the member's address in personal ones, so that two members' cannot be taken for each other. */
    String footer() {
        return personal ? "To $user_email, from " + localPart() + "." : "From " + localPart() + ".";
    }

    /** The same as the member gets it. */
    String footerFor(int member) {
        return footer().replace("$user_email", memberAddress(member));
    }

    /** Of the member's copies: with the own address in personal ones (VERP). */
    String reversePath(int member) {
        return localPart() + "-bounces"
                + (personal ? "+" + memberAddress(member).replace('@', '=') : "") + "@" + DOMAIN;
    }

    /** @param member from 0 */
    String memberAddress(int member) {
        int person = first() + member;
        return "m" + person + "@d" + person % 97 + ".chaos.example";
    }

    List<String> addresses() {
        return IntStream.range(0, size).mapToObj(this::memberAddress).toList();
    }

    /** @return the member's place from 0; negative when the address isn't on this list */
    int memberAt(String address) {
        int at = address.indexOf('@');
        if (at < 2 || address.charAt(0) != 'm') {
            return -1;
        }
        try {
            int member = Integer.parseInt(address.substring(1, at)) - first();
            return member >= 0 && member < size && memberAddress(member).equals(address) ? member : -1;
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private int first() {
        return number * STRIDE;
    }
}

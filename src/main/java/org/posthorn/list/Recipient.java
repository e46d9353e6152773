package org.posthorn.list;

/**
 * Somebody who gets a copy.
 *
 * @param memberId the membership's row; grows along the roster
 * @param email where the copy goes
 * @param key the same in lower case
 */
public record Recipient(long memberId, String email, String key) {}

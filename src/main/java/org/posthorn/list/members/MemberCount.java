package org.posthorn.list.members;

/**
 * How many there are.
 *
 * @param exact false: at least so many; nobody counted on
 */
public record MemberCount(long number, boolean exact) {}

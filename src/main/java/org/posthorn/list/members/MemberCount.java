package org.posthorn.list.members;

/**
 * How many there are.
 *
 * @param exact false: at least so many; nobody counted on
 * @param complete false: more fitted the search at first sight than are looked at, so that some people whom it should find
 *     are neither counted nor on any page
 */
public record MemberCount(long number, boolean exact, boolean complete) {}

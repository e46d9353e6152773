package org.posthorn.list;

import java.util.List;

/**
 * A stretch of a roster.
 *
 * @param recipients those of its members who get the post, in order of their ids
 * @param readTo the last member's id; all up to it have been asked
 * @param last whether there are no more
 */
public record RosterPage(List<Recipient> recipients, long readTo, boolean last) {}

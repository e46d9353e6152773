package org.posthorn.list;

/**
 * A list is about to go, in this transaction: told to whoever keeps something of the list's that must not end silently.
 * An observer that throws keeps the list from being deleted.
 */
public record ListBeingDeleted(long listId) {}

/**
 * Joining and leaving where somebody is to be asked first: the subscriber, by a mail with a link that only they get, or the
 * list's moderators, or both, as the list's policies say. What waits is a row, survives restarts, and expires. Nobody is
 * mailed here: {@code template} observes the events and writes, in the same transaction. May use what {@code list} may.
 */
package org.posthorn.list.subscription;

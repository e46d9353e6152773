/**
 * Lists and people: domains, lists with their settings, subscribers, their addresses and memberships, bans; who receives
 * a post, and who may act on a list. No stage of a message's way is here, but nearly all of them ask here.
 *
 * <p>Entities are loaded one at a time or by the page, through repositories. What runs over a whole roster (fan-out,
 * import) is plain SQL by keyset, so that a list of a million members needs no more memory than one of ten.
 *
 * <p>May use: mail, platform. RFC 2919 (list-id), RFC 5321 (addresses).
 */
package org.posthorn.list;

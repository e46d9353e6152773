/**
 * Where mail comes in: the LMTP server (RFC 2033), the routing of recipients to lists and queues, and the group commit
 * that stores what was taken before the front MTA hears 250. May use {@code queue}, {@code list}, {@code mail} and
 * {@code platform}.
 *
 * <p>Ingress judges the form of what it is handed (RFC 5321 commands and lines, the size, the number of hops), never its
 * content: everything whose form is right is taken, and the rules decide later.
 */
package org.posthorn.ingress;

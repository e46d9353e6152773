/**
 * Whether there is room for more mail: measured every second or two, asked by the LMTP server before it takes a message and
 * once more before it stores it. Only what comes from outside is turned away; what is here already goes its way to the end,
 * so that full queues empty themselves. May use {@code queue} and {@code platform}.
 */
package org.posthorn.ingress.room;

/**
 * One connection to a smarthost: SMTP with all that makes it quick (RFC 2920, RFC 3030), and what each reply means for each
 * recipient (RFC 5321, RFC 3463). Also as a transport of Jakarta Mail. Knows nothing of queues, pools and lists. May use {@code mail} and {@code platform}.
 */
package org.posthorn.delivery.smtp;

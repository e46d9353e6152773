/**
 * Mail as octets and addresses: mailboxes and reverse-paths (RFC 5321), header sections read leniently and edited without
 * touching what isn't edited (RFC 5322, 2047), VERP, enhanced status codes (RFC 3463), and footers put into messages
 * without breaking them (RFC 2045 to 2049, 3676). Everything here takes hostile input: bounded memory, linear time, no
 * exception but those of the streams. Knows neither lists nor queues; may use {@code platform}.
 */
package org.posthorn.mail;

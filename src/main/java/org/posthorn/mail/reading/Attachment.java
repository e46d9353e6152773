package org.posthorn.mail.reading;

/**
 * A part of a message that is not shown.
 *
 * @param name what the sender calls it, one line, shortened; empty: no name
 * @param type the media type in lower case
 * @param octets how large it is decoded, nearly
 */
public record Attachment(String name, String type, long octets) {}

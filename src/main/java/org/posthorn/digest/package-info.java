/**
 * Digests: collects a list's posts, decides when a digest is due, and writes it as plain text, as MIME or as a summary.
 *
 * <p>Consumes the queue {@code digest}: posts to be collected, and digests to be written. Produces entries in
 * {@code pipeline}, where a digest gets the list's fields and its readers. May use {@code pipeline} (for room to write in),
 * {@code template}, {@code queue} and {@code list} and what is below them. RFC 1153 for plain digests, RFC 2046 section
 * 5.1.5 for MIME.
 */
package org.posthorn.digest;

package org.posthorn.ingress;

/**
 * What the journey needs to know of a message's header.
 *
 * @param messageId with its angle brackets; empty without one
 * @param subject decoded; empty without one
 * @param received how many Received fields there were
 * @param contentDigest SHA-256 over the header without what MTAs add on the way, and the body
 */
record MessageFacts(String messageId, String subject, int received, byte[] contentDigest) {}

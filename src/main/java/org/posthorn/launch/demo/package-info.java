/**
 * {@code bin/posthorn demo}: starts a node with a capturing smarthost beside it and shows one post's way, using Posthorn
 * as its users do (REST, RFC 2033 LMTP) and reading what arrived as the members would (RFC 1939 POP3). Uses nothing of
 * Posthorn.
 */
package org.posthorn.launch.demo;

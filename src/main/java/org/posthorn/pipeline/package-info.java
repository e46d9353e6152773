/**
 * What an accepted post goes through: handlers, which alone alter a message, cook it once, and a fan-out puts the cooked
 * message and its recipients, a chunk at a time, into {@code out}. The order of the handlers is one table:
 * {@link org.posthorn.pipeline.Pipelines}.
 *
 * <p>Consumes the queues {@code pipeline} and {@code virgin}. May use {@code queue}, {@code list}, {@code template} and
 * what is below them. RFC 2369 and 2919 for the list's header fields, RFC 5322 and 2047 for the rest.
 */
package org.posthorn.pipeline;

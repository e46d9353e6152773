/**
 * HTTP for programs: Mailman's REST API 3.1 under {@code /3.1}, Posthorn's own under {@code /api}, health and metrics.
 * Calls the stages' operations and holds no rule: it reads what was sent, names what was wrong, and writes what came out.
 *
 * <ul>
 *   <li>{@code guard}: who may come in, from where, how often (servlet filters, before anything else)
 *   <li>{@code wire}: bodies, pages, entity tags, errors
 *   <li>{@code mailman}: the resources under {@code /3.1}
 *   <li>{@code site}: the resources under {@code /api} (errors as RFC 9457)
 *   <li>{@code monitor}: {@code /health}, {@code /metrics}, {@code /openapi}
 * </ul>
 */
package org.posthorn.api;

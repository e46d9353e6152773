/**
 * The audit log: who changed what, when, and from which value to which. Changes of entities record themselves
 * ({@link AuditedEntities}); operations in plain SQL call {@link AuditLog#record}, in their own transaction, so that what
 * is done and what is said of it stand or fall together. What comes with each post (counters, scores) is no one's
 * decision and is not in it; what became of a post is the trace's matter.
 */
package org.posthorn.platform.audit;

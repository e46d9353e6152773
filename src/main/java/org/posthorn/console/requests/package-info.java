/** {@code /manage/{list-id}/requests}: who waits for a moderator's word to join or leave. */
package org.posthorn.console.requests;

/** {@code /manage/{list-id}/digests}: what waits for the next digest, and sending it before its time. */
package org.posthorn.console.digests;

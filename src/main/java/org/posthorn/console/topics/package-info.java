/** {@code /manage/{list-id}/topics}: what posts can be about, and a trial of it. */
package org.posthorn.console.topics;

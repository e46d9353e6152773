/** {@code /manage/{list-id}/simulator}: what would become of a message, tried without sending it. */
package org.posthorn.console.simulator;

/** {@code /manage/{list-id}/bans}: who may neither post nor join. */
package org.posthorn.console.bans;

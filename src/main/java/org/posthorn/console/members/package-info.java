/** {@code /manage/{list-id}/members}: the roster to search, one member to change, adding, importing, exporting. */
package org.posthorn.console.members;

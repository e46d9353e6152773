/** {@code /manage/{list-id}/header-matches}: which header fields let a post pass, wait or go. */
package org.posthorn.console.matches;

/** The front page: which lists are here; what waits for whoever has signed in. And the search field. */
package org.posthorn.console.front;

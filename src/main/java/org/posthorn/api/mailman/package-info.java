/** The resources under {@code /3.1}, shaped as Mailman core 3.3 has them, so that clients made for it work. */
package org.posthorn.api.mailman;

/** The page behind the link in a mail that asks whether somebody wants to join or leave. Open to whoever has the link. */
package org.posthorn.console.confirm;

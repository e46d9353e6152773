/** TLS over a channel that its owner waits for, with a deadline on each wait: for what listens and for what calls. */
package org.posthorn.platform.wire;

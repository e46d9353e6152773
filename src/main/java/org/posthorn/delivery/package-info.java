/**
 * The last stage: hands cooked messages to the smarthosts, in bulk or as personal copies, over as many connections as each
 * may have, and records each recipient's fate in groups.
 *
 * <p>Looks up no MX and queues nothing per destination: that is the MTAs' work. RFC 5321 (replies), RFC 3463 (enhanced
 * status). May use {@code queue}, {@code list}, {@code template}, {@code mail} and {@code platform}.
 */
package org.posthorn.delivery;

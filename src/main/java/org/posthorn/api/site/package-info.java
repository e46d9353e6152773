/** The resources under {@code /api}: queues, messages, smarthosts, nodes, and imports. Errors as RFC 9457. */
package org.posthorn.api.site;

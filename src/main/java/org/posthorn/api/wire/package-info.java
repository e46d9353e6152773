/** What goes over the wire, in and out: fields of a body or query, pages, entity tags (RFC 9110), errors. */
package org.posthorn.api.wire;

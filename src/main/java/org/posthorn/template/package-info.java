/**
 * The mail that Posthorn itself writes: texts in the list's language, put into notices and handed to the queue
 * {@code virgin}, which skips the rules. May use {@code queue} and {@code list} and what is below them. RFC 3834 says what
 * such mail must look like, so that no machine answers it.
 */
package org.posthorn.template;

/** The handlers, a class each, under Mailman's names where it has them. They have no state. */
package org.posthorn.pipeline.handler;

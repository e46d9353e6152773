/** The rules, a class each, under Mailman's names. They look at the post alone. */
package org.posthorn.moderation.rule;

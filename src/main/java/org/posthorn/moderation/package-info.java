/**
 * Who may post: rules, chains and fates, three separate kinds of thing. A {@link org.posthorn.moderation.Rule} only
 * answers hit or miss with a reason; a {@link org.posthorn.moderation.Chain} turns hits into a
 * {@link org.posthorn.moderation.Disposition}; nothing here alters a message (that is for the pipeline's handlers). The
 * whole policy is one table: {@link org.posthorn.moderation.Chains}.
 *
 * <p>Consumes the queue {@code in}; feeds {@code pipeline} and, with notices, {@code virgin}. May use {@code queue},
 * {@code list}, {@code template} and what is below them. Words are Mailman's; answers to authors follow RFC 3834.
 */
package org.posthorn.moderation;

/**
 * Mail that is for the robot: to -request, -join, -leave and -confirm. A command is a {@link org.posthorn.command.MailCommand};
 * CDI finds all of them. May use {@code moderation} and {@code template} and what is below them, as {@code console} and
 * {@code api} do: it calls the operations that they call and holds no rule. RFC 3834 says whom a robot must not answer.
 */
package org.posthorn.command;

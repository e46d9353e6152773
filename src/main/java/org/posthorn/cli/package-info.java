/**
 * The administrator's commands of {@code bin/posthorn}: small programs beside the server that speak REST to it and hold no
 * rule of the business. They run in a JVM of their own that must start quickly, from a jar of their own
 * ({@code target/server/cli}); nothing of this is in the WAR.
 *
 * <p>The parts: {@link org.posthorn.cli.Main} makes the command line and turns what went wrong into an exit status
 * ({@link org.posthorn.cli.Exit}); {@link org.posthorn.cli.Posthorn} is the root command with the options that all have;
 * {@code cli.rest} speaks HTTP; {@code cli.show} prints tables and JSON.
 *
 * <p><b>To add a command</b>: write a class {@code …Commands} with {@code @Command} methods (see {@link
 * org.posthorn.cli.NodeCommands}, the smallest), take {@code @ParentCommand Posthorn posthorn}, ask
 * {@code posthorn.server()} and print through {@code posthorn.output()}; then add the class to the list in
 * {@link org.posthorn.cli.Posthorn}. {@code bin/posthorn} hands every word that it does not know itself to here, and help,
 * completion and {@code CommandLineTest} (each command has a description and an example) find the new one by themselves.
 * A command that fails throws {@link org.posthorn.cli.CommandException} or lets the server's refusal through.
 *
 * <p>A command that needs no server (moving a database, restoring) still fits: it does not ask {@code posthorn.server()}.
 * What needs more than this jar's classes is better a class of {@code launch} that {@code bin/posthorn} starts.
 */
package org.posthorn.cli;

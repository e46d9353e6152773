package org.posthorn.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** What {@code bin/posthorn} does itself, so that help and completion know of it. */
final class OfTheScript {

    private OfTheScript() {}

    private static int notHere(String name) {
        throw CommandException.usage("this is done by the script: bin/posthorn " + name);
    }

    @Command(
            name = "run",
            description = "Start a node in the foreground; SIGTERM or Ctrl-C stops it gracefully.",
            footerHeading = "%nExample:%n",
            footer = "  POSTHORN_SMARTHOSTS=smtp://relay.example.org:25 posthorn run")
    static final class Run implements Callable<Integer> {
        @Override
        public Integer call() {
            return notHere("run");
        }
    }

    @Command(
            name = "demo",
            description = "Start a node with a capturing smarthost, post to a list and show the post arriving.",
            footerHeading = "%nExample:%n",
            footer = "  posthorn demo")
    static final class Demo implements Callable<Integer> {
        @Override
        public Integer call() {
            return notHere("demo");
        }
    }

    @Command(
            name = "build",
            description = "Build what is missing and stop.",
            footerHeading = "%nExample:%n",
            footer = "  posthorn build")
    static final class Build implements Callable<Integer> {
        @Override
        public Integer call() {
            return notHere("build");
        }
    }

    @Command(
            name = "move",
            description = "Move this home's H2 database to PostgreSQL, while no node runs.",
            footerHeading = "%nExample:%n",
            footer = "  POSTHORN_MOVE_PASSWORD=... posthorn move --to jdbc:postgresql://db/posthorn --user posthorn")
    static final class Move implements Callable<Integer> {
        @Override
        public Integer call() {
            return notHere("move");
        }
    }

    @Command(
            name = "restore",
            description = "Put a backup in place in a home that has no database.",
            footerHeading = "%nExample:%n",
            footer = "  POSTHORN_HOME=/srv/posthorn posthorn restore backup.zip")
    static final class Restore implements Callable<Integer> {
        @Override
        public Integer call() {
            return notHere("restore");
        }
    }
}

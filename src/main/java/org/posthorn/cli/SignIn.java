package org.posthorn.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.posthorn.cli.rest.Credentials;

/** Finds name and password, or a token, without their ever being on a command line. */
final class SignIn {

    private final Surroundings surroundings;

    SignIn(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** @param user by the option, or null; @param passwordFile by the option, or null */
    Credentials credentials(String user, Path passwordFile) {
        Optional<String> token = surroundings.setting("POSTHORN_TOKEN");
        if (user == null && passwordFile == null && token.isPresent()) {
            return Credentials.token(token.get());
        }
        String name = user != null
                ? user
                : surroundings.setting("POSTHORN_ADMIN_USER").orElse("admin");
        return Credentials.basic(name, password(name, passwordFile));
    }

    private String password(String name, Path file) {
        if (file != null) {
            return firstLine(file);
        }
        Optional<String> set = surroundings.setting("POSTHORN_ADMIN_PASSWORD");
        if (set.isPresent()) {
            return set.get();
        }
        Path generated = surroundings.home().resolve("admin-password");
        if (Files.isReadable(generated)) {
            return firstLine(generated);
        }
        char[] answer =
                surroundings.question() == null ? null : surroundings.question().apply("Password of " + name + ": ");
        if (answer == null || answer.length == 0) {
            throw new CommandException(
                    Exit.NOT_ALLOWED,
                    "no password: set POSTHORN_ADMIN_PASSWORD or POSTHORN_TOKEN, give --password-file, or run where "
                            + generated + " can be read");
        }
        return new String(answer);
    }

    private static String firstLine(Path file) {
        try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            String line = reader.readLine();
            if (line == null || line.isBlank()) {
                throw CommandException.usage(file + " holds no password");
            }
            return line.strip();
        } catch (IOException e) {
            throw CommandException.usage(file + " cannot be read: " + e.getMessage());
        }
    }
}

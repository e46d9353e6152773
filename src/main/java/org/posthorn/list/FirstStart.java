package org.posthorn.list;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.posthorn.mail.EmailAddress;
import org.posthorn.platform.Sql;
import org.posthorn.platform.settings.Settings;

/**
 * Makes the first server owner, once in a database's life: later changes of the settings change nothing, and an owner who
 * was deleted does not come back. Of several nodes that start first at once, one makes it; the others fail here with a
 * constraint violation and find it made when they try again.
 */
@ApplicationScoped
public class FirstStart {

    private static final String MARK = "first-owner";
    private static final String PASSWORD_FILE = "admin-password";
    private static final int PASSWORD_CHARACTERS = 24;
    private static final String ALPHABET =
            "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"; // no two that look alike

    private SubscriberRepository subscribers;
    private AddressRepository addresses;
    private PasswordHash passwords;
    private Sql sql;
    private Clock clock;

    protected FirstStart() {}

    @Inject
    public FirstStart(
            SubscriberRepository subscribers,
            AddressRepository addresses,
            PasswordHash passwords,
            Sql sql,
            Clock clock) {
        this.subscribers = subscribers;
        this.addresses = addresses;
        this.passwords = passwords;
        this.sql = sql;
        this.clock = clock;
    }

    /**
     * @return where the generated password lies; empty: it was given, or this was not the first start
     * @throws InvalidValueException when the given password cannot be used
     * @throws UncheckedIOException when the generated one cannot be written: then no owner is made
     */
    @Transactional
    public Optional<Path> makeOwner(Settings settings) {
        return makeOwner(settings.home(), settings.admin());
    }

    Optional<Path> makeOwner(Path home, Settings.Admin admin) {
        if (sql.first("select 1 from site_setting where name = ?", row -> true, MARK)
                .isPresent()) {
            return Optional.empty();
        }
        String user = admin.user();
        sql.update("insert into site_setting (name, content) values (?, ?)", MARK, user);
        String password = admin.password().orElseGet(FirstStart::generate);
        Subscriber owner = new Subscriber(user, clock.instant());
        owner.signInAs(user);
        owner.setServerOwner(true);
        owner.usePasswordHash(passwords.of(password));
        subscribers.add(owner);
        EmailAddress.parse(user)
                .ifPresent(email ->
                        addresses.add(new Address(email, null, clock.instant())).belongTo(owner));
        return admin.password().isPresent() ? Optional.empty() : Optional.of(write(home, password));
    }

    private static String generate() {
        SecureRandom random = new SecureRandom();
        StringBuilder password = new StringBuilder();
        for (int i = 0; i < PASSWORD_CHARACTERS; i++) {
            password.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return password.toString();
    }

    /** Before the commit, so that no owner is ever made whose password nobody can know. */
    private static Path write(Path home, String password) {
        Path file = home.resolve(PASSWORD_FILE);
        try {
            Files.createDirectories(home);
            Path fresh = home.resolve(PASSWORD_FILE + ".new");
            Files.deleteIfExists(fresh);
            try (var channel = Files.newByteChannel(
                    fresh,
                    Set.copyOf(EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
                channel.write(StandardCharsets.UTF_8.encode(password + "\n"));
            }
            return Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("the generated password cannot be written to " + file, e);
        }
    }
}

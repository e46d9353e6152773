package org.posthorn.list;

import jakarta.enterprise.context.ApplicationScoped;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * Passwords as PBKDF2 hashes in Jakarta Security's form, {@code algorithm:iterations:salt:hash}: so they are read by its
 * {@code Pbkdf2PasswordHash}, too. A check takes about a tenth of a second on purpose.
 */
@ApplicationScoped
public class PasswordHash {

    private static final String ALGORITHM = "PBKDF2WithHmacSHA512";
    private static final int ITERATIONS = 210_000;
    private static final int SALT_BYTES = 32;
    private static final int HASH_BYTES = 64;
    private static final int SHORTEST = 8;
    private static final int LONGEST = 200;

    private final SecureRandom random = new SecureRandom();
    private final int iterations;
    private volatile String nobodys;

    public PasswordHash() {
        this(ITERATIONS);
    }

    /** @param iterations fewer are for tests */
    protected PasswordHash(int iterations) {
        this.iterations = iterations;
    }

    /** @throws InvalidValueException when the password has fewer than 8 or more than 200 characters; it is not in the message */
    public String of(String password) {
        if (password == null || password.length() < SHORTEST || password.length() > LONGEST) {
            throw new InvalidValueException(
                    "password", "…", "a text of " + SHORTEST + " to " + LONGEST + " characters");
        }
        return hash(password);
    }

    /**
     * For what an administrator's program sets: as short as it likes, since Mailman's clients do.
     *
     * @throws InvalidValueException when the password is empty or has more than 200 characters
     */
    public String ofGiven(String password) {
        if (password == null || password.isEmpty() || password.length() > LONGEST) {
            throw new InvalidValueException("password", "…", "a text of 1 to " + LONGEST + " characters");
        }
        return hash(password);
    }

    private String hash(String password) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        Base64.Encoder base64 = Base64.getEncoder();
        return ALGORITHM + ":" + iterations + ":" + base64.encodeToString(salt) + ":"
                + base64.encodeToString(derive(ALGORITHM, password, salt, iterations, HASH_BYTES));
    }

    /** @param hash null: nobody's, which no password matches, but which takes as long to find out */
    public boolean matches(String password, String hash) {
        if (password == null || password.length() > LONGEST) {
            return false;
        }
        String[] parts = (hash == null ? nobodys() : hash).split(":");
        if (parts.length != 4 || !parts[0].startsWith("PBKDF2With")) {
            throw new IllegalStateException("a password hash cannot be other than algorithm:iterations:salt:hash");
        }
        byte[] wanted = Base64.getDecoder().decode(parts[3]);
        byte[] derived = derive(
                parts[0], password, Base64.getDecoder().decode(parts[2]), Integer.parseInt(parts[1]), wanted.length);
        return MessageDigest.isEqual(wanted, derived) && hash != null;
    }

    private String nobodys() {
        if (nobodys == null) {
            nobodys = hash("nobody's password");
        }
        return nobodys;
    }

    private static byte[] derive(String algorithm, String password, byte[] salt, int iterations, int bytes) {
        try {
            PBEKeySpec spec = new PBEKeySpec(password.toCharArray(), salt, iterations, bytes * 8);
            return SecretKeyFactory.getInstance(algorithm).generateSecret(spec).getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("PBKDF2 cannot be missing: " + algorithm, e);
        }
    }
}

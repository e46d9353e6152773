package org.posthorn.list.signin;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Remembers for a while which credentials were right, by a MAC under a key that only this process has. The stored hash
 * is part of what is authenticated: once the password changes, what was remembered fits no more.
 */
final class VerifiedCredentials {

    static final Duration KEPT = Duration.ofMinutes(10);
    private static final int MOST = 1000;

    private final SecretKeySpec key;
    private final Map<String, Instant> until = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
            return size() > MOST;
        }
    };

    VerifiedCredentials() {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        key = new SecretKeySpec(random, "HmacSHA256");
    }

    synchronized boolean knows(String who, String hash, String password, Instant now) {
        Instant end = until.get(mac(who, hash, password));
        return end != null && now.isBefore(end);
    }

    synchronized void remember(String who, String hash, String password, Instant now) {
        until.put(mac(who, hash, password), now.plus(KEPT));
    }

    private String mac(String who, String hash, String password) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            for (String part : List.of(who, hash, password)) {
                byte[] octets = part.getBytes(StandardCharsets.UTF_8);
                mac.update((octets.length + ":").getBytes(StandardCharsets.US_ASCII));
                mac.update(octets);
            }
            return HexFormat.of().formatHex(mac.doFinal());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }
}

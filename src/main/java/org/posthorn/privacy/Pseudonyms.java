package org.posthorn.privacy;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.posthorn.platform.Sql;

/**
 * Names for erased people: from a key of this site alone, so that what one person did still hangs together while nobody
 * without the key can try whether it was a certain address. The domain never takes mail (RFC 2606).
 */
@ApplicationScoped
public class Pseudonyms {

    private static final String SETTING = "pseudonym_key";
    private static final int LENGTH = 16;

    private final Sql sql;

    protected Pseudonyms() {
        this(null);
    }

    @Inject
    public Pseudonyms(Sql sql) {
        this.sql = sql;
    }

    @Transactional
    public String of(String address) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(HexFormat.of().parseHex(key()), "HmacSHA256"));
            String digest = HexFormat.of().formatHex(mac.doFinal(address.getBytes(StandardCharsets.UTF_8)));
            return "erased-" + digest.substring(0, LENGTH) + "@erased.invalid";
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a JVM cannot be without HmacSHA256", e);
        }
    }

    private String key() {
        return sql.first("select content from site_setting where name = ?", row -> row.getString(1), SETTING)
                .orElseGet(this::make);
    }

    private String make() {
        byte[] octets = new byte[32];
        new SecureRandom().nextBytes(octets);
        String key = HexFormat.of().formatHex(octets);
        sql.update("insert into site_setting (name, content) values (?, ?)", SETTING, key);
        return key;
    }
}

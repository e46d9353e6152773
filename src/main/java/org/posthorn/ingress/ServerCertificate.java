package org.posthorn.ingress;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.posthorn.platform.settings.Settings;

/**
 * What this server proves itself with, from two PEM files: read again once they have changed, since certificates are
 * renewed while the server runs. New files that cannot be used leave the old ones in use.
 */
final class ServerCertificate {

    private static final Logger LOG = Logger.getLogger(ServerCertificate.class.getName());
    private static final Pattern KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

    private record Loaded(List<FileTime> times, SSLContext context) {}

    private final Settings.Certificate files;
    private Loaded loaded;

    /** @throws IllegalArgumentException when the files hold no certificate with its key; the message names them */
    ServerCertificate(Settings.Certificate files) {
        this.files = files;
        try {
            loaded = new Loaded(times(), context());
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    files.chain() + " and " + files.key() + " hold no certificate with its key: " + e.getMessage(), e);
        }
    }

    static Optional<ServerCertificate> of(Optional<Settings.Certificate> files) {
        return files.map(ServerCertificate::new);
    }

    /** One connection's TLS, as the server's side: version 1.2 at the least. */
    SSLEngine engine() {
        SSLEngine engine = present().createSSLEngine();
        engine.setUseClientMode(false);
        engine.setEnabledProtocols(new String[] {"TLSv1.2", "TLSv1.3"});
        return engine;
    }

    private synchronized SSLContext present() {
        try {
            List<FileTime> times = times();
            if (!times.equals(loaded.times())) {
                // Tried once for each state of the files: the new times count even where the files cannot be used.
                loaded = new Loaded(times, loaded.context());
                loaded = new Loaded(times, context());
                LOG.log(Level.INFO, "LMTP certificate read anew from {0}", files.chain());
            }
        } catch (IOException | GeneralSecurityException e) {
            LOG.log(
                    Level.WARNING,
                    "the changed LMTP certificate cannot be used, the one before stays: {0}",
                    e.toString());
        }
        return loaded.context();
    }

    private List<FileTime> times() throws IOException {
        return List.of(Files.getLastModifiedTime(files.chain()), Files.getLastModifiedTime(files.key()));
    }

    private SSLContext context() throws IOException, GeneralSecurityException {
        Certificate[] chain = CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(files.chain())))
                .toArray(Certificate[]::new);
        if (chain.length == 0) {
            throw new GeneralSecurityException("no certificate in " + files.chain());
        }
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        char[] none = new char[0];
        store.setKeyEntry("lmtp", key(chain[0].getPublicKey().getAlgorithm()), none, chain);
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, none);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    /** @param algorithm the certificate's */
    private PrivateKey key(String algorithm) throws IOException, GeneralSecurityException {
        Matcher pem = KEY.matcher(Files.readString(files.key(), StandardCharsets.US_ASCII));
        if (!pem.find()) {
            throw new InvalidKeySpecException("no unencrypted PKCS #8 key (BEGIN PRIVATE KEY) in " + files.key());
        }
        byte[] octets = Base64.getMimeDecoder().decode(pem.group(1));
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(octets));
    }
}

package org.posthorn.cli.rest;

import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/**
 * For a server that is spoken to without TLS: the HTTP client makes an SSL context in any case, and the default one reads
 * all certificate authorities, which takes longer than a command. This one trusts nobody.
 */
final class PlainOnly {

    private PlainOnly() {}

    static SSLContext context() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[0], null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a JVM without TLS cannot be: " + e, e);
        }
    }
}

package org.posthorn.delivery.smtp;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** Our side of TLS: with the server's name checked in its certificate, or, where that is no worse than none, unchecked. */
final class ClientTls {

    /** That trusts whom the JVM trusts. */
    static final ClientTls USUAL = new ClientTls(null, List.of(), List.of(), List.of());

    private final SSLContext verifying;
    private final List<String> trusted;
    private final List<String> protocols;
    private final List<String> cipherSuites;

    private ClientTls(SSLContext verifying, List<String> trusted, List<String> protocols, List<String> cipherSuites) {
        this.verifying = verifying;
        this.trusted = trusted;
        this.protocols = protocols;
        this.cipherSuites = cipherSuites;
    }

    /** @param verifying whom it trusts */
    ClientTls(SSLContext verifying) {
        this(verifying, List.of(), List.of(), List.of());
    }

    /** @param hosts whose certificates are not looked at; {@code *}: nobody's are */
    ClientTls trusting(List<String> hosts) {
        return new ClientTls(verifying, hosts, protocols, cipherSuites);
    }

    /** @param versions and @param suites that alone are spoken; empty: those that Java thinks right */
    ClientTls with(List<String> versions, List<String> suites) {
        return new ClientTls(verifying, trusted, versions, suites);
    }

    /**
     * @param verified whether the certificate must be the host's (RFC 6125) and issued by someone we trust
     * @throws IOException when the protocols or cipher suites that are wanted are none
     */
    SSLEngine engine(String host, int port, boolean verified) throws IOException {
        boolean check = verified && !trusted.contains("*") && !trusted.contains(host);
        SSLEngine engine = (check ? verifying() : Trusting.CONTEXT).createSSLEngine(host, port);
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        if (check) {
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
        }
        try {
            if (!protocols.isEmpty()) {
                parameters.setProtocols(protocols.toArray(String[]::new));
            }
            if (!cipherSuites.isEmpty()) {
                parameters.setCipherSuites(cipherSuites.toArray(String[]::new));
            }
            engine.setSSLParameters(parameters);
        } catch (IllegalArgumentException e) {
            throw new IOException("this Java cannot speak TLS as it is set: " + e.getMessage(), e);
        }
        return engine;
    }

    private SSLContext verifying() {
        try {
            return verifying == null ? SSLContext.getDefault() : verifying;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("the JVM's trust store cannot be read", e);
        }
    }

    /** Made once, and only where it is wanted. */
    private static final class Trusting {

        private static final SSLContext CONTEXT = make();

        private static SSLContext make() {
            try {
                SSLContext context = SSLContext.getInstance("TLS");
                context.init(null, new TrustManager[] {new Anybody()}, null);
                return context;
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every Java has TLS", e);
            }
        }
    }

    /** Opportunistic TLS (RFC 7435): against who only listens. */
    private static final class Anybody extends X509ExtendedTrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {
            // whoever it is
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
            // whoever it is
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {
            // whoever it is
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {
            // whoever it is
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
            // whoever it is
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
            // whoever it is
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}

package org.posthorn.delivery.smtp;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** Our side of TLS: with the server's name checked in its certificate, or, where that is no worse than none, unchecked. */
final class ClientTls {

    private final SSLContext verifying;
    private final SSLContext trusting;

    /** @param verifying whom it trusts */
    ClientTls(SSLContext verifying) {
        try {
            this.verifying = verifying;
            this.trusting = SSLContext.getInstance("TLS");
            this.trusting.init(null, new TrustManager[] {new Anybody()}, null);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has TLS", e);
        }
    }

    /** @return that trusts whom the JVM trusts */
    static ClientTls ofJvm() {
        try {
            return new ClientTls(SSLContext.getDefault());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("the JVM's trust store cannot be read", e);
        }
    }

    /** @param verified whether the certificate must be the host's (RFC 6125) and issued by someone we trust */
    SSLEngine engine(String host, int port, boolean verified) {
        SSLEngine engine = (verified ? verifying : trusting).createSSLEngine(host, port);
        engine.setUseClientMode(true);
        if (verified) {
            SSLParameters parameters = engine.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            engine.setSSLParameters(parameters);
        }
        return engine;
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

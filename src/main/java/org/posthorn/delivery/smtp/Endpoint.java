package org.posthorn.delivery.smtp;

/**
 * Where a smarthost listens, and how it wants to be spoken to.
 *
 * @param username null: without authentication
 * @param password null: none
 * @param hello what EHLO says of us
 */
public record Endpoint(String address, int port, Tls tls, String username, String password, String hello) {

    /** Credentials go over verified TLS or not at all, whatever else is said. */
    boolean isSecret() {
        return username != null;
    }

    /** The password is for nobody to read. */
    @Override
    public String toString() {
        return address + ":" + port + " " + tls;
    }
}

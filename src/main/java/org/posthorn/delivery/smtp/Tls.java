package org.posthorn.delivery.smtp;

/** How a connection to a smarthost is protected. */
public enum Tls {
    OFF,
    /** STARTTLS where offered. */
    OPPORTUNISTIC,
    /** STARTTLS, with the host's name in its certificate, or no mail. */
    REQUIRED,
    /** TLS from the first octet (smtps). */
    IMPLICIT
}

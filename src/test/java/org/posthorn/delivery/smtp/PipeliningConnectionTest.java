package org.posthorn.delivery.smtp;

/** Near: one round trip a message. */
class PipeliningConnectionTest extends PipeliningContract {

    PipeliningConnectionTest() {
        super("250-PIPELINING\r\n250-CHUNKING\r\n250-8BITMIME\r\n250 ENHANCEDSTATUSCODES", 100_000);
    }
}

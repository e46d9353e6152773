package org.posthorn.delivery.smtp;

/** Far: whole messages one behind the other. */
class FarConnectionTest extends PipeliningContract {

    FarConnectionTest() {
        super("250-PIPELINING\r\n250-CHUNKING\r\n250-8BITMIME\r\n250 ENHANCEDSTATUSCODES", 20_000_000);
    }
}

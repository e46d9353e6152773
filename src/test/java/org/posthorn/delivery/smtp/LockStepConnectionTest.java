package org.posthorn.delivery.smtp;

/** Without PIPELINING: one command at a time. */
class LockStepConnectionTest extends PipeliningContract {

    LockStepConnectionTest() {
        super("250-8BITMIME\r\n250 ENHANCEDSTATUSCODES", 100_000);
    }
}

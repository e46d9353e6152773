package org.posthorn.delivery.smtp;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Properties;

/**
 * How a server is spoken to, besides where it is.
 *
 * @param mechanisms of AUTH, the preferred one first, in upper case
 * @param localhost what EHLO says of us instead of what the endpoint says; null: that
 */
record Manner(Patience patience, ClientTls tls, List<String> mechanisms, String localhost) {

    private static final List<String> MECHANISMS = List.of("PLAIN", "LOGIN", "XOAUTH2");

    static final Manner USUAL = new Manner(Patience.USUAL, ClientTls.USUAL, MECHANISMS, null);

    /**
     * As a mail session's properties want it: {@code connectiontimeout}, {@code timeout}, {@code writetimeout} (each in
     * milliseconds), {@code localhost}, {@code auth.mechanisms}, {@code ssl.trust}, {@code ssl.protocols} and
     * {@code ssl.ciphersuites}, of Jakarta Mail's SMTP provider. What is no number counts as not said, and what is not said
     * is as usual; no property takes the end from a wait.
     *
     * @param protocol that the properties are of: {@code mail.<protocol>.…}
     */
    static Manner of(Properties properties, String protocol) {
        String prefix = "mail." + protocol + ".";
        Patience patience = Patience.USUAL;
        long connect = millis(properties.getProperty(prefix + "connectiontimeout"));
        long reply = millis(properties.getProperty(prefix + "timeout"));
        long write = millis(properties.getProperty(prefix + "writetimeout"));
        patience = connect > 0 ? patience.withConnect(Duration.ofMillis(connect)) : patience;
        patience = reply > 0 ? patience.withReplies(Duration.ofMillis(reply)) : patience;
        patience = write > 0 ? patience.withWrite(Duration.ofMillis(write)) : patience;
        List<String> mechanisms = words(properties.getProperty(prefix + "auth.mechanisms")).stream()
                .map(name -> name.toUpperCase(Locale.ROOT))
                .filter(MECHANISMS::contains)
                .toList();
        ClientTls tls = ClientTls.USUAL
                .trusting(words(properties.getProperty(prefix + "ssl.trust")))
                .with(
                        words(properties.getProperty(prefix + "ssl.protocols")),
                        words(properties.getProperty(prefix + "ssl.ciphersuites")));
        String localhost = properties.getProperty(prefix + "localhost", "").strip();
        return new Manner(
                patience, tls, mechanisms.isEmpty() ? MECHANISMS : mechanisms, isName(localhost) ? localhost : null);
    }

    /** Whether it can be written after EHLO. */
    private static boolean isName(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c > ' ' && c < 0x7f);
    }

    private static long millis(String text) {
        boolean isNumber = text != null && text.length() <= 12 && text.strip().matches("\\d+");
        return isNumber ? Long.parseLong(text.strip()) : 0;
    }

    private static List<String> words(String text) {
        return text == null || text.isBlank() ? List.of() : List.of(text.strip().split("[\\s,]+"));
    }
}

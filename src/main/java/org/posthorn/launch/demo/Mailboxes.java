package org.posthorn.launch.demo;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * GreenMail in this process: an SMTP server that keeps what it gets, in a mailbox for each recipient. Takes any password.
 * It is not a library of Posthorn, so it is started by name.
 *
 * @param smtp the smarthost's port
 * @param pop3 the mailboxes' port
 * @param imap the same mailboxes, for a mail program
 */
record Mailboxes(int smtp, int pop3, int imap) {

    /** As GreenMail's own command line does from its properties, but without its web interface. */
    void start() throws ReflectiveOperationException {
        System.setProperty("log4j2.configurationFile", "classpath:org/posthorn/launch/demo/log4j2.xml");
        Properties properties = new Properties();
        properties.setProperty("greenmail.hostname", "127.0.0.1");
        properties.setProperty("greenmail.auth.disabled", "true");
        properties.setProperty("greenmail.smtp.port", Integer.toString(smtp));
        properties.setProperty("greenmail.pop3.port", Integer.toString(pop3));
        properties.setProperty("greenmail.imap.port", Integer.toString(imap));
        Object setups = built("com.icegreen.greenmail.util.PropertiesBasedServerSetupBuilder", properties);
        Object configuration =
                built("com.icegreen.greenmail.configuration.PropertiesBasedGreenMailConfigurationBuilder", properties);
        Class<?> type = Class.forName("com.icegreen.greenmail.util.GreenMail");
        Object greenMail = type.getConstructor(setups.getClass()).newInstance(setups);
        type.getMethod("withConfiguration", configuration.getClass()).invoke(greenMail, configuration);
        type.getMethod("start").invoke(greenMail);
    }

    private static Object built(String builder, Properties properties) throws ReflectiveOperationException {
        Class<?> type = Class.forName(builder);
        return type.getMethod("build", Properties.class)
                .invoke(type.getConstructor().newInstance(), properties);
    }

    /** @return the first message in this mailbox, line by line; empty when none is there yet */
    Optional<List<String>> firstMessage(String address) throws IOException {
        try (Conversation conversation = new Conversation(pop3)) {
            conversation.expect("+OK");
            conversation.ask("USER " + address, "+OK");
            conversation.ask("PASS any", "+OK");
            if (conversation.ask("STAT", "+OK").startsWith("+OK 0 ")) {
                return Optional.empty();
            }
            conversation.ask("RETR 1", "+OK");
            List<String> lines = new ArrayList<>();
            for (String line = conversation.line(); !line.equals("."); line = conversation.line()) {
                lines.add(line.startsWith("..") ? line.substring(1) : line);
            }
            return Optional.of(lines);
        }
    }
}

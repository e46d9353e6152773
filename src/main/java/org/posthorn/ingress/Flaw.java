package org.posthorn.ingress;

/** Why a message that was read to its end is not taken. */
enum Flaw {
    NUL(550, "5.6.0", "The message holds a NUL octet"),
    BARE_CR(550, "5.6.0", "The message holds a CR without LF"),
    BARE_LF(550, "5.6.0", "The message holds an LF without CR"),
    LONG_LINE(550, "5.6.0", "The message has a line above 998 octets"),
    TOO_MANY_HOPS(554, "5.4.6", "Too many Received fields: a mail loop"),
    HEADER_TOO_LARGE(552, "5.3.4", "The message's header is larger than this server takes"),
    TOO_LARGE(552, "5.3.4", "The message is larger than this server takes"),
    NO_ROOM(452, "4.3.1", "Short of storage: please try again later");

    private final Reply reply;

    Flaw(int code, String enhanced, String text) {
        this.reply = new Reply(code, enhanced, text);
    }

    Reply reply() {
        return reply;
    }
}

package org.posthorn.delivery.smtp;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** A transaction, and what the server has said of it so far. */
final class UnderWay {

    /** All waits of one transaction together: so long, and as much longer as its recipients and its size give reason to. */
    private static final Duration LONGEST = Duration.ofMinutes(15);

    private static final Duration A_RECIPIENT = Duration.ofSeconds(1);
    private static final long NANOS_AN_OCTET = 100_000;

    private final Transaction transaction;
    private final LongSupplier nanoTime;
    private final long beganNanos;

    /** As it goes to this server. */
    private MessageCopy message;

    /** Each recipient as it goes to this server; null: as they are given, as they mostly are. */
    private String[] written;

    /** Each recipient's own fate, where it has one. */
    private final Fate[] own;

    private int open;
    private int accepted;
    private boolean needsUtf8;
    private boolean mailRefused;
    private boolean dataAnswered;
    private boolean settled;
    private boolean wantsAuthentication;

    /** The fate of those who have none of their own. */
    private Fate others;

    UnderWay(Transaction transaction) {
        this(transaction, System::nanoTime);
    }

    UnderWay(Transaction transaction, LongSupplier nanoTime) {
        this.transaction = transaction;
        this.nanoTime = nanoTime;
        this.beganNanos = nanoTime.getAsLong();
        this.message = transaction.message();
        this.own = new Fate[transaction.recipients().size()];
        this.open = own.length;
    }

    Transaction transaction() {
        return transaction;
    }

    /** @return how long is waited for the server over this transaction from now on, at most so long; zero: no longer */
    Duration patience(Duration most) {
        long longest = LONGEST.toNanos() + own.length * A_RECIPIENT.toNanos() + message.sizeBytes() * NANOS_AN_OCTET;
        long left = Math.max(0, beganNanos + longest - nanoTime.getAsLong());
        return left < most.toNanos() ? Duration.ofNanos(left) : most;
    }

    MessageCopy message() {
        return message;
    }

    /** Instead of the message as it was given. */
    void send(MessageCopy instead) {
        message = instead;
    }

    /** @return as it is written to RCPT */
    String recipient(int recipient) {
        return written == null ? transaction.recipients().get(recipient) : written[recipient];
    }

    /** Instead of the recipient as it was given. */
    void write(int recipient, String instead) {
        if (written == null) {
            written = transaction.recipients().toArray(String[]::new);
        }
        written[recipient] = instead;
    }

    /** @return whether this recipient has no fate of its own */
    boolean isOpen(int recipient) {
        return own[recipient] == null;
    }

    void needUtf8() {
        needsUtf8 = true;
    }

    boolean needsUtf8() {
        return needsUtf8;
    }

    /** Nothing of it goes to the server. */
    void refuse(Fate fate) {
        others = fate;
        settled = true;
    }

    /** What this recipient came to without more being said of it to the server. */
    void settle(int recipient, Fate fate) {
        own[recipient] = fate;
        open--;
        settled |= open == 0;
    }

    void mail(Reply reply) {
        if (!reply.isPositive()) {
            mailRefused = true;
            whole(reply);
        }
    }

    void recipient(int recipient, Reply reply) {
        if (mailRefused) {
            return; // it only says that there is no transaction
        }
        if (reply.isPositive()) {
            accepted++;
        } else {
            own[recipient] = Fate.ofRecipient(reply.code(), reply.text());
            open--;
        }
    }

    void data(Reply reply) {
        dataAnswered = true;
        if (reply.code() != 354) {
            end(reply);
        }
    }

    /** The reply to the message's end, or one that makes an end of it. */
    void end(Reply reply) {
        settled = true;
        if (!isTaken()) {
            return; // whatever it says, it is about a message to nobody
        }
        if (reply.isPositive()) {
            others = reply.delivered();
        } else {
            whole(reply);
        }
    }

    /** Nothing more of it is asked: it was refused before. */
    void endHere() {
        settled = true;
    }

    private void whole(Reply reply) {
        others = Fate.ofMessage(reply.code(), reply.text());
        wantsAuthentication = Fate.wantsAuthentication(reply.code(), reply.text());
    }

    /** @return whether the server refused MAIL */
    boolean isRefused() {
        return mailRefused;
    }

    /** @return whether the server takes the message for somebody */
    boolean isTaken() {
        return accepted > 0;
    }

    boolean isDataAnswered() {
        return dataAnswered;
    }

    /** @return whether every recipient has a fate, and the server says nothing more of it */
    boolean isSettled() {
        return settled;
    }

    boolean wantsAuthentication() {
        return wantsAuthentication;
    }

    List<Fate> fates() {
        if (own.length == 1) {
            return List.of(own[0] == null ? others : own[0]);
        }
        List<Fate> fates = new ArrayList<>(own.length);
        for (Fate each : own) {
            fates.add(each == null ? others : each);
        }
        return fates;
    }
}

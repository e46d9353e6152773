package org.posthorn.delivery;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.posthorn.delivery.smtp.Fate;
import org.posthorn.delivery.smtp.HostConnection;
import org.posthorn.delivery.smtp.HostDownException;
import org.posthorn.delivery.smtp.Tls;
import org.posthorn.platform.Hours;

/** A smarthost in memory that answers as it is told to, and knows what it took. */
final class ScriptedHost {

    /** What it says to one mail transaction. */
    interface Answer {
        List<Fate> to(List<String> recipients) throws HostDownException;
    }

    /** One mail transaction, whatever came of it. */
    record Transaction(String reversePath, List<String> recipients) {}

    private final Host host;
    private final List<Transaction> transactions = new ArrayList<>();
    private final List<String> taken = new ArrayList<>();
    private final Deque<Answer> next = new ArrayDeque<>();
    private Answer answer = this::takeAll;
    private Consumer<List<String>> watch = recipients -> {};
    private boolean down;
    private int opened;
    private int window = 1;
    private int mostUnderWay;

    ScriptedHost(Host host) {
        this.host = host;
    }

    static Host aHost(String name) {
        return aHost(name, 1, 50, 0, false, "*");
    }

    static Host aHost(String name, int weight, int recipients, int messages, boolean fallback, String... domains) {
        return new Host(
                name,
                "127.0.0.1",
                25,
                Tls.OFF,
                null,
                null,
                weight,
                2,
                messages,
                recipients,
                fallback,
                List.of(domains),
                null,
                0,
                0,
                Smarthost.Transport.PIPELINING,
                Hours.ALWAYS,
                null);
    }

    /** One that takes so many recipients a second. */
    static Host aSlowHost(String name, int rate) {
        Host usual = aHost(name);
        return new Host(
                name,
                "127.0.0.1",
                25,
                Tls.OFF,
                null,
                null,
                1,
                usual.connections(),
                0,
                50,
                false,
                usual.domains(),
                null,
                0,
                rate,
                usual.transport(),
                usual.hours(),
                null);
    }

    Host host() {
        return host;
    }

    List<Transaction> transactions() {
        return transactions;
    }

    /** Each recipient that it took a copy for, once per copy. */
    List<String> taken() {
        return taken;
    }

    int opened() {
        return opened;
    }

    /** So many transactions may be under way at once on each of its connections. */
    ScriptedHost windowOf(int transactions) {
        window = transactions;
        return this;
    }

    int mostUnderWay() {
        return mostUnderWay;
    }

    /** Called before each transaction with its recipients. */
    void watch(Consumer<List<String>> watching) {
        watch = watching;
    }

    /** Refuses connections from now on. */
    void goDown() {
        down = true;
    }

    /** From now on. */
    void answers(Answer always) {
        answer = always;
    }

    /** The next transaction only. */
    void answersOnce(Answer once) {
        next.add(once);
    }

    List<Fate> takeAll(List<String> recipients) {
        taken.addAll(recipients);
        return recipients.stream()
                .map(any -> (Fate) Fate.delivered("250 2.0.0 ok"))
                .toList();
    }

    /** Takes all but one, of which it says something else. */
    Answer allBut(String recipient, Fate fate) {
        return recipients -> recipients.stream()
                .map(each ->
                        each.equals(recipient) ? fate : takeAll(List.of(each)).get(0))
                .toList();
    }

    /** Says the same of every recipient. */
    static Answer all(Fate fate) {
        return recipients -> recipients.stream().map(any -> fate).toList();
    }

    /** The connection is lost before the message was taken; no other can be opened. */
    List<Fate> die(List<String> recipients) throws HostDownException {
        goDown();
        throw new HostDownException("gone", null);
    }

    /** The message is taken, and the connection lost before the reply. */
    List<Fate> loseTheReply(List<String> recipients) throws HostDownException {
        takeAll(recipients);
        throw new HostDownException("gone", null);
    }

    HostConnection open() throws HostDownException {
        if (down) {
            throw new HostDownException("connection refused", null);
        }
        opened++;
        return new HostConnection() {
            private final Deque<List<String>> underWay = new ArrayDeque<>();
            private boolean lost;

            @Override
            public int window() {
                return window;
            }

            @Override
            public int underWay() {
                return underWay.size();
            }

            @Override
            public void begin(org.posthorn.delivery.smtp.Transaction transaction) {
                List<String> recipients = List.copyOf(transaction.recipients());
                watch.accept(recipients);
                transactions.add(new Transaction(transaction.reversePath().text(), recipients));
                underWay.add(recipients);
                mostUnderWay = Math.max(mostUnderWay, underWay.size());
            }

            @Override
            public List<Fate> next() throws HostDownException {
                if (lost) {
                    throw new HostDownException("gone", null);
                }
                lost = true;
                List<Fate> fates = (next.isEmpty() ? answer : next.poll()).to(underWay.peek());
                lost = false;
                underWay.remove();
                return fates;
            }

            @Override
            public boolean isAlive() {
                return !down;
            }

            @Override
            public void close() {
                // nothing is open
            }
        };
    }
}

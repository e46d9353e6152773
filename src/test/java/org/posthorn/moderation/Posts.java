package org.posthorn.moderation;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.posthorn.list.Action;
import org.posthorn.list.Domain;
import org.posthorn.list.MailingList;
import org.posthorn.mail.HeaderBlock;
import org.posthorn.platform.Patterns;

/** Posts as rules see them, without a database. */
public final class Posts {

    public static final Instant RECEIVED = Instant.parse("2026-01-09T03:04:05Z");
    public static final String LIST = "test@lists.example.org";

    public final MailingList list =
            new MailingList("test", new Domain("lists.example.org"), Instant.parse("2026-01-02T03:04:05Z"));
    public final SomePeople people = new SomePeople();
    private final StringBuilder fields = new StringBuilder();
    private String reversePath = "ann@example.com";
    private long sizeBytes = 1000;
    private String body = "";
    private boolean approved;
    private Urgency urgency = Urgency.NOT_ASKED;
    private long recentPosts;
    private final List<HeaderCheck> checks = new ArrayList<>();

    public static Posts aPost() {
        return new Posts();
    }

    public Posts field(String name, String value) {
        fields.append(name).append(": ").append(value).append("\r\n");
        return this;
    }

    public Posts from(String address) {
        return field("From", address);
    }

    public Posts toTheList() {
        return field("To", LIST);
    }

    public Posts reversePath(String path) {
        this.reversePath = path;
        return this;
    }

    public Posts size(long bytes) {
        this.sizeBytes = bytes;
        return this;
    }

    /** @param text lines with LF */
    public Posts body(String text) {
        this.body = text.replace("\n", "\r\n");
        return this;
    }

    public Posts approved() {
        this.approved = true;
        return this;
    }

    public Posts urgency(Urgency asked) {
        this.urgency = asked;
        return this;
    }

    public Posts recentPosts(long count) {
        this.recentPosts = count;
        return this;
    }

    public Posts check(String header, String pattern, Action action) {
        checks.add(new HeaderCheck(header, Patterns.of(pattern).orElseThrow(), action));
        return this;
    }

    public HeaderBlock header() {
        return HeaderBlock.parse((fields + "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    public IncomingPost build() {
        return IncomingPosts.read(
                list,
                header(),
                body.getBytes(StandardCharsets.UTF_8),
                RECEIVED,
                sizeBytes,
                reversePath,
                people,
                approved,
                () -> urgency,
                recentPosts,
                checks);
    }

    /** Members, nonmembers and bans in memory; whom nobody has entered is nobody. */
    public static final class SomePeople implements People {

        private final Map<String, Known> members = new HashMap<>();
        private final Map<String, Optional<Action>> nonmembers = new HashMap<>();
        private final Set<String> banned = new HashSet<>();
        private final Set<List<String>> elsewhere = new HashSet<>();

        public SomePeople member(String email, Action action) {
            return member(email, action, Instant.EPOCH);
        }

        public SomePeople member(String email, Action action, Instant joined) {
            members.put(email, new Known(Optional.ofNullable(action), joined));
            return this;
        }

        public SomePeople nonmember(String email, Action action) {
            nonmembers.put(email, Optional.ofNullable(action));
            return this;
        }

        public SomePeople ban(String email) {
            banned.add(email);
            return this;
        }

        public SomePeople memberOf(String postingAddress, String email) {
            elsewhere.add(List.of(postingAddress, email));
            return this;
        }

        @Override
        public Optional<Known> member(MailingList list, String email) {
            return Optional.ofNullable(members.get(email));
        }

        @Override
        public Optional<Known> nonmember(MailingList list, String email) {
            return Optional.ofNullable(nonmembers.get(email)).map(own -> new Known(own, Instant.EPOCH));
        }

        @Override
        public boolean isMemberOf(String postingAddress, String email) {
            return elsewhere.contains(List.of(postingAddress, email));
        }

        @Override
        public boolean isBanned(MailingList list, String email) {
            return banned.contains(email);
        }
    }
}

package org.posthorn.console.settings;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.posthorn.list.ConfigAttribute;
import org.posthorn.list.Counters;
import org.posthorn.list.MailingList;
import org.posthorn.platform.Digests;
import org.posthorn.platform.audit.AuditEntry;

/** One attribute on a settings page: what it is now, what was typed, what a new list has, who changed it last. */
public final class Setting {

    private final ConfigAttribute attribute;
    private final Kind kind;
    private final List<String> choices;
    private final String current;
    private final String state;
    private final String standard;
    private final AuditEntry last;
    private String text;
    private boolean seenOtherwise;

    /** @param fresh a list of the same name as a new one would be; @param last null: not changed as far as is known */
    Setting(ConfigAttribute attribute, MailingList list, MailingList fresh, Counters counters, AuditEntry last) {
        this.attribute = attribute;
        Object standing = attribute.value(fresh, counters);
        this.kind = Kind.of(attribute.name(), standing);
        this.choices = standing instanceof Enum<?> constant ? Choices.of(constant) : List.of();
        this.current = kind.typed(attribute.shown(list, counters));
        this.state = kind == Kind.PASSWORD ? list.posting().getModeratorPassword() : current;
        this.standard = kind.typed(attribute.shown(fresh, counters));
        this.last = last;
        this.text = current;
    }

    public String getName() {
        return attribute.name();
    }

    /** In kebab-case, as ids are. */
    public String getId() {
        return attribute.name().replace('_', '-');
    }

    public boolean isWritable() {
        return attribute.isWritable();
    }

    /** Whether it is kept for a later release, and nothing goes by it yet. */
    public boolean isLater() {
        return Later.ATTRIBUTES.contains(attribute.name());
    }

    public String getInput() {
        return kind.input();
    }

    Kind kind() {
        return kind;
    }

    List<String> choices() {
        return choices;
    }

    /** How many rows its input has, where it takes many lines. */
    public int getRows() {
        return Math.max(
                kind == Kind.LINES ? 2 : 3, Math.min(12, (int) text.lines().count() + 1));
    }

    /** Whether its value is for machines: addresses, patterns, names. */
    public boolean isMono() {
        return kind == Kind.LINES
                || attribute.name().endsWith("_address")
                || attribute.name().endsWith("_chain")
                || !attribute.isWritable() && current.indexOf('.') > 0
                || attribute.name().endsWith("_pipeline");
    }

    public String getText() {
        return text;
    }

    public void setText(String typed) {
        text = kind.cleaned(typed);
    }

    public boolean isTruth() {
        return Boolean.parseBoolean(text);
    }

    public void setTruth(boolean typed) {
        text = Boolean.toString(typed);
    }

    public String getCurrent() {
        return current;
    }

    public String getStandard() {
        return standard;
    }

    public boolean isStandard() {
        return kind == Kind.PASSWORD || current.equals(standard);
    }

    /** Whether what was typed differs from what is there; nothing typed leaves a password. */
    public boolean isChanged() {
        return attribute.isWritable() && !text.equals(current);
    }

    /** Forgets what was typed. */
    void keep() {
        text = current;
    }

    Object value() {
        return kind.read(text);
    }

    /** @throws org.posthorn.list.InvalidValueException when what was typed cannot be */
    void check() {
        attribute.check(value());
    }

    /** Tells two states of the attribute apart, without showing them. */
    String fingerprint() {
        return fingerprint(state);
    }

    /** Whether what was typed is what the reader saw. */
    boolean isTypedAs(String then) {
        return kind == Kind.PASSWORD ? text.isEmpty() : fingerprint(text).equals(then);
    }

    private static String fingerprint(String value) {
        byte[] hash = Digests.sha256().digest(value.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(hash, 0, 6);
    }

    /** Which words say what is wrong with what was typed: {@code settings.wrong.<…>}. */
    String wrong() {
        String name = attribute.name();
        if (name.endsWith("_nonmembers") || name.equals("acceptable_aliases") || name.equals("dmarc_addresses")) {
            return "patterns";
        }
        if (name.endsWith("_chain") || name.endsWith("_pipeline")) {
            return "name";
        }
        return switch (name) {
            case "reply_to_address" -> "address";
            case "linked_newsgroup" -> "newsgroup";
            case "regular_include_lists", "regular_exclude_lists" -> "siblings";
            default -> kind.name().toLowerCase(Locale.ROOT);
        };
    }

    /** @param then the fingerprint of the state that the reader saw */
    void seenAs(String then) {
        seenOtherwise = then != null && !then.equals(fingerprint());
    }

    /** Whether somebody else has changed it since the reader saw it. */
    boolean isSeenOtherwise() {
        return seenOtherwise;
    }

    /** Whether the reader and somebody else have both changed it, and differently. */
    public boolean isContested() {
        return seenOtherwise && isChanged();
    }

    public String getLastActor() {
        return Optional.ofNullable(last).map(AuditEntry::actor).orElse("");
    }

    /** When it was last changed; null where that is not known. */
    public Instant getLastAt() {
        return last == null ? null : last.at();
    }
}

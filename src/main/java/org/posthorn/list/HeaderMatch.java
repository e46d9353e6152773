package org.posthorn.list;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.util.Locale;
import org.posthorn.platform.audit.AuditSubject;
import org.posthorn.platform.audit.Audited;

/** What a list does with a post in which a header field of this name holds this pattern. */
@Entity
@Table(name = "header_match")
public class HeaderMatch implements Audited {

    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_PATTERN = 1000;
    private static final int LONGEST_TAG = 200;

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "posthorn_id")
    private Long id;

    @ManyToOne(fetch = FetchType.LAZY, optional = false)
    @JoinColumn(name = "list_id")
    private MailingList list;

    @Column(name = "place", nullable = false)
    private int place;

    @Column(name = "header", nullable = false)
    private String header;

    @Column(name = "pattern", nullable = false)
    private String pattern;

    @Column(name = "action")
    @Enumerated(EnumType.STRING)
    private Action action;

    @Column(name = "tag")
    private String tag;

    @Version
    private long version;

    protected HeaderMatch() {}

    /** @throws InvalidValueException when a value cannot be */
    HeaderMatch(MailingList list, int place, HeaderMatches.Content content) {
        this.list = list;
        this.place = place;
        say(content);
    }

    /** @throws InvalidValueException when a value cannot be; then nothing is changed */
    void say(HeaderMatches.Content content) {
        String name = name(content.header());
        String expression = expression(content.pattern());
        if (content.action() == Action.DEFER) {
            throw new InvalidValueException("action", "defer", "accept, hold, reject, discard, or nothing");
        }
        this.tag = OneLine.orNull("tag", content.tag(), LONGEST_TAG);
        this.header = name;
        this.pattern = expression;
        this.action = content.action();
    }

    void moveTo(int position) {
        this.place = position;
    }

    private static String name(String text) {
        String name = OneLine.required("header", text, LONGEST_NAME).strip().toLowerCase(Locale.ROOT);
        if (name.isEmpty() || !name.chars().allMatch(c -> c > ' ' && c < 0x7f && c != ':')) {
            throw new InvalidValueException("header", text, "the name of a header field");
        }
        return name;
    }

    private static String expression(String text) {
        String expression = OneLine.required("pattern", text, LONGEST_PATTERN);
        if (expression.isEmpty()) {
            throw new InvalidValueException("pattern", text, "a regular expression (RE2)");
        }
        try {
            Pattern.compile(expression, Pattern.CASE_INSENSITIVE);
            return expression;
        } catch (PatternSyntaxException e) {
            throw new InvalidValueException("pattern", text, "a regular expression (RE2): " + e.getDescription());
        }
    }

    public Long getId() {
        return id;
    }

    public MailingList getList() {
        return list;
    }

    int place() {
        return place;
    }

    /** The field's name in lower case. */
    public String getHeader() {
        return header;
    }

    /** A regular expression (RE2). */
    public String getPattern() {
        return pattern;
    }

    /** @return null: what the site does with such posts */
    public Action getAction() {
        return action;
    }

    /** @return null: none */
    public String getTag() {
        return tag;
    }

    public long getVersion() {
        return version;
    }

    @Override
    public AuditSubject auditSubject() {
        return new AuditSubject("header-match", header + ": " + pattern, list.getId(), list.getListId());
    }
}

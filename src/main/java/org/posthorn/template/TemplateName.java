package org.posthorn.template;

import static org.posthorn.template.Variable.ADMINADDR;
import static org.posthorn.template.Variable.ANSWER;
import static org.posthorn.template.Variable.COUNT;
import static org.posthorn.template.Variable.DATA;
import static org.posthorn.template.Variable.EMAIL;
import static org.posthorn.template.Variable.LINK;
import static org.posthorn.template.Variable.MEMBER;
import static org.posthorn.template.Variable.MOST;
import static org.posthorn.template.Variable.NUM;
import static org.posthorn.template.Variable.REASON;
import static org.posthorn.template.Variable.REASONS;
import static org.posthorn.template.Variable.REQUEST;
import static org.posthorn.template.Variable.SENDER;
import static org.posthorn.template.Variable.SENDER_EMAIL;
import static org.posthorn.template.Variable.SUBJECT;
import static org.posthorn.template.Variable.TOKEN;
import static org.posthorn.template.Variable.USER_ADDRESS;
import static org.posthorn.template.Variable.USER_DELIVERED_TO;
import static org.posthorn.template.Variable.USER_EMAIL;
import static org.posthorn.template.Variable.USER_LANGUAGE;
import static org.posthorn.template.Variable.USER_NAME;
import static org.posthorn.template.Variable.USER_NAME_OR_ADDRESS;
import static org.posthorn.template.Variable.USER_NAME_OR_EMAIL;
import static org.posthorn.template.Variable.USER_OPTIONSURL;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Mailman's names of the texts that can be replaced, each with Posthorn's own text and with what it can name besides what
 * is so of its list. {@code docs/templates.md} tells the same to those who write texts.
 */
public enum TemplateName {
    NEW_LIST("domain:admin:notice:new-list", "new-list", LINK),
    ACTION_POST("list:admin:action:post", "to-moderate", SENDER, SENDER_EMAIL, SUBJECT, REASON, REASONS, LINK, ANSWER),
    ACTION_SUBSCRIBE("list:admin:action:subscribe", "subscription.waiting.subscribe", EMAIL, USER_EMAIL, MEMBER, LINK),
    ACTION_UNSUBSCRIBE(
            "list:admin:action:unsubscribe", "subscription.waiting.unsubscribe", EMAIL, USER_EMAIL, MEMBER, LINK),
    ADMIN_SUBSCRIBE("list:admin:notice:subscribe", "subscription.joined", EMAIL, USER_EMAIL, MEMBER),
    ADMIN_UNRECOGNIZED("list:admin:notice:unrecognized", "bounce.unrecognized"),
    ADMIN_UNSUBSCRIBE("list:admin:notice:unsubscribe", "subscription.left", EMAIL, USER_EMAIL, MEMBER),
    ADMIN_DISABLE("list:admin:notice:disable", "bounce.disabled", EMAIL, USER_EMAIL, MEMBER),
    ADMIN_INCREMENT("list:admin:notice:increment", "bounce.counted", EMAIL, USER_EMAIL, MEMBER),
    ADMIN_PENDING("list:admin:notice:pending", "pending", COUNT, DATA, LINK),
    ADMIN_REMOVAL("list:admin:notice:removal", "bounce.removed", EMAIL, USER_EMAIL, MEMBER),
    DIGEST_FOOTER("list:member:digest:footer", "footer"),
    DIGEST_HEADER("list:member:digest:header", "header"),
    DIGEST_MASTHEAD("list:member:digest:masthead", "digest", REQUEST),
    REGULAR_FOOTER(
            "list:member:regular:footer",
            "footer",
            USER_EMAIL,
            USER_ADDRESS,
            USER_DELIVERED_TO,
            USER_NAME,
            USER_NAME_OR_ADDRESS,
            USER_NAME_OR_EMAIL,
            USER_LANGUAGE,
            USER_OPTIONSURL,
            MEMBER),
    REGULAR_HEADER(
            "list:member:regular:header",
            "header",
            USER_EMAIL,
            USER_ADDRESS,
            USER_DELIVERED_TO,
            USER_NAME,
            USER_NAME_OR_ADDRESS,
            USER_NAME_OR_EMAIL,
            USER_LANGUAGE,
            USER_OPTIONSURL,
            MEMBER),
    USER_INVITE("list:user:action:invite", "subscription.invite", EMAIL, USER_EMAIL, MEMBER, LINK, TOKEN),
    USER_SUBSCRIBE(
            "list:user:action:subscribe", "subscription.confirm.subscribe", EMAIL, USER_EMAIL, MEMBER, LINK, TOKEN),
    USER_UNSUBSCRIBE(
            "list:user:action:unsubscribe", "subscription.confirm.unsubscribe", EMAIL, USER_EMAIL, MEMBER, LINK, TOKEN),
    GOODBYE("list:user:notice:goodbye", "subscription.goodbye", EMAIL, USER_EMAIL, MEMBER),
    HOLD("list:user:notice:hold", "held", SUBJECT, REQUEST, REASON, REASONS, SENDER_EMAIL, ADMINADDR),
    NO_MORE_TODAY("list:user:notice:no-more-today", "no-more-today", MOST, NUM, SENDER_EMAIL, ADMINADDR),
    POST("list:user:notice:post", "acknowledged", SUBJECT),
    PROBE("list:user:notice:probe", "bounce.probe", EMAIL, USER_EMAIL),
    REFUSE("list:user:notice:refuse", "rejected", SUBJECT, REQUEST, REASON, REASONS, USER_EMAIL, ADMINADDR),
    REJECTED("list:user:notice:rejected", "rejected", SUBJECT, REQUEST, REASON, REASONS, SENDER_EMAIL, ADMINADDR),
    WELCOME("list:user:notice:welcome", "subscription.welcome", EMAIL, USER_EMAIL, MEMBER),
    WARNING("list:user:notice:warning", "bounce.warning", EMAIL, USER_EMAIL, LINK);

    private final String label;
    private final String builtIn;
    private final List<Variable> variables;

    TemplateName(String label, String builtIn, Variable... variables) {
        this.label = label;
        this.builtIn = builtIn;
        this.variables = List.of(variables);
    }

    /** As REST and the database have it. */
    public String label() {
        return label;
    }

    /** @return the key of Posthorn's own text, see {@link Texts}; that of a header says nothing */
    public String textKey() {
        return this == DIGEST_MASTHEAD ? "digest.masthead" : builtIn + ".text";
    }

    /** @return the key of the subject of the mail; empty: the text is a part of a mail with a subject of its own */
    public Optional<String> subjectKey() {
        return switch (this) {
            case DIGEST_FOOTER, DIGEST_HEADER, DIGEST_MASTHEAD, REGULAR_FOOTER, REGULAR_HEADER -> Optional.empty();
            default -> Optional.of(builtIn + ".subject");
        };
    }

    /** @return what its texts can name besides what is so of the list */
    public List<Variable> variables() {
        return variables;
    }

    /** @return all that its texts can name, in alphabetical order */
    public Set<String> allowed() {
        Set<String> names = new TreeSet<>(Variables.OF_LIST);
        variables.forEach(variable -> names.add(variable.label()));
        return names;
    }

    /** @return empty: there is no template of this name */
    public static Optional<TemplateName> named(String label) {
        return Arrays.stream(values()).filter(name -> name.label.equals(label)).findFirst();
    }

    public static List<String> labels() {
        return Arrays.stream(values()).map(TemplateName::label).sorted().toList();
    }
}

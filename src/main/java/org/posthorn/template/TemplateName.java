package org.posthorn.template;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Mailman's names of the texts that can be replaced. */
public enum TemplateName {
    NEW_LIST("domain:admin:notice:new-list"),
    ACTION_POST("list:admin:action:post"),
    ACTION_SUBSCRIBE("list:admin:action:subscribe"),
    ACTION_UNSUBSCRIBE("list:admin:action:unsubscribe"),
    ADMIN_SUBSCRIBE("list:admin:notice:subscribe"),
    ADMIN_UNRECOGNIZED("list:admin:notice:unrecognized"),
    ADMIN_UNSUBSCRIBE("list:admin:notice:unsubscribe"),
    ADMIN_DISABLE("list:admin:notice:disable"),
    ADMIN_INCREMENT("list:admin:notice:increment"),
    ADMIN_PENDING("list:admin:notice:pending"),
    ADMIN_REMOVAL("list:admin:notice:removal"),
    DIGEST_FOOTER("list:member:digest:footer"),
    DIGEST_HEADER("list:member:digest:header"),
    DIGEST_MASTHEAD("list:member:digest:masthead"),
    REGULAR_FOOTER("list:member:regular:footer"),
    REGULAR_HEADER("list:member:regular:header"),
    USER_INVITE("list:user:action:invite"),
    USER_SUBSCRIBE("list:user:action:subscribe"),
    USER_UNSUBSCRIBE("list:user:action:unsubscribe"),
    GOODBYE("list:user:notice:goodbye"),
    HOLD("list:user:notice:hold"),
    NO_MORE_TODAY("list:user:notice:no-more-today"),
    POST("list:user:notice:post"),
    PROBE("list:user:notice:probe"),
    REFUSE("list:user:notice:refuse"),
    REJECTED("list:user:notice:rejected"),
    WELCOME("list:user:notice:welcome"),
    WARNING("list:user:notice:warning");

    private final String label;

    TemplateName(String label) {
        this.label = label;
    }

    /** As REST and the database have it. */
    public String label() {
        return label;
    }

    /** @return empty: there is no template of this name */
    public static Optional<TemplateName> named(String label) {
        return Arrays.stream(values()).filter(name -> name.label.equals(label)).findFirst();
    }

    public static List<String> labels() {
        return Arrays.stream(values()).map(TemplateName::label).sorted().toList();
    }
}

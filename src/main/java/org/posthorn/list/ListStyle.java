package org.posthorn.list;

import java.util.Arrays;
import java.util.List;

/** What a new list is set to. */
public enum ListStyle {
    DISCUSSION("legacy-default", "Ordinary discussion mailing list style.") {
        @Override
        void apply(MailingList list) {
            // the settings' own defaults
        }
    },
    ANNOUNCE("legacy-announce", "Announce only mailing list style.") {
        @Override
        void apply(MailingList list) {
            list.posting().setAllowListPosts(false);
            list.posting().setDefaultMemberAction(Action.REJECT);
            list.posting().setDefaultNonmemberAction(Action.REJECT);
        }
    },
    PRIVATE("private-default", "Discussion mailing list style with private archives.") {
        @Override
        void apply(MailingList list) {
            list.presentation().setAdvertised(false);
            list.archiving().setArchivePolicy(ArchivePolicy.PRIVATE);
            list.joining().setSubscriptionPolicy(SubscriptionPolicy.CONFIRM_THEN_MODERATE);
        }
    };

    private final String styleName;
    private final String description;

    ListStyle(String styleName, String description) {
        this.styleName = styleName;
        this.description = description;
    }

    abstract void apply(MailingList list);

    public String styleName() {
        return styleName;
    }

    public String description() {
        return description;
    }

    /**
     * @param styleName null or empty: the default
     * @throws InvalidValueException when there is no such style
     */
    public static ListStyle named(String styleName) {
        if (styleName == null || styleName.isEmpty()) {
            return DISCUSSION;
        }
        return Arrays.stream(values())
                .filter(style -> style.styleName.equals(styleName))
                .findFirst()
                .orElseThrow(() ->
                        new InvalidValueException("style_name", styleName, "one of " + String.join(", ", names())));
    }

    public static List<String> names() {
        return Arrays.stream(values()).map(ListStyle::styleName).toList();
    }
}

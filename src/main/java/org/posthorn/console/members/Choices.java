package org.posthorn.console.members;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.model.SelectItem;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.posthorn.console.text.Texts;
import org.posthorn.list.Action;
import org.posthorn.list.DeliveryMode;
import org.posthorn.list.DeliveryStatus;
import org.posthorn.list.Role;

/** What members can be, in words: the constants in lower case are the values in forms and addresses. */
@Named("memberChoices")
@RequestScoped
public class Choices {

    @Inject
    private Texts texts;

    /** @return empty for what is no constant's name */
    static <E extends Enum<E>> Optional<E> parse(Class<E> type, String value) {
        return value == null
                ? Optional.empty()
                : Stream.of(type.getEnumConstants())
                        .filter(constant -> constant.name().equals(value.toUpperCase(Locale.ROOT)))
                        .findFirst();
    }

    static String value(Enum<?> constant) {
        return constant == null ? "" : constant.name().toLowerCase(Locale.ROOT);
    }

    /** @return the word for it: the text {@code members.<kind>.<constant>} */
    public String word(String kind, Enum<?> constant) {
        return texts.get("members." + kind + "." + (constant == null ? "none" : value(constant)));
    }

    public List<SelectItem> getRoles() {
        return items("role", Arrays.asList(Role.values()), false);
    }

    /** Those that a person sets; unknown comes from elsewhere. */
    public List<SelectItem> getStatuses() {
        return items(
                "status",
                List.of(
                        DeliveryStatus.ENABLED,
                        DeliveryStatus.BY_USER,
                        DeliveryStatus.BY_MODERATOR,
                        DeliveryStatus.BY_BOUNCES),
                true);
    }

    public List<SelectItem> getModes() {
        return items("mode", Arrays.asList(DeliveryMode.values()), true);
    }

    public List<SelectItem> getActions() {
        return items("action", Arrays.asList(Action.values()), true);
    }

    private List<SelectItem> items(String kind, List<? extends Enum<?>> constants, boolean open) {
        List<SelectItem> items = new ArrayList<>();
        if (open) {
            items.add(new SelectItem("", word(kind, null)));
        }
        constants.forEach(constant -> items.add(new SelectItem(value(constant), word(kind, constant))));
        return items;
    }
}

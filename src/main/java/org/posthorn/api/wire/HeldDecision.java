package org.posthorn.api.wire;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.posthorn.list.TreatSender.Treatment;
import org.posthorn.moderation.DecideHeld.Choice;
import org.posthorn.moderation.DecideHeld.Decision;

/**
 * What a request says about held posts, the same for one (Mailman's {@code action}, {@code comment} or {@code reason}) and for
 * several. {@code forward}, {@code preserve} and {@code always} are ours.
 */
public final class HeldDecision {

    private static final List<String> ACTIONS = List.of("accept", "reject", "discard", "defer", "hold");

    private HeldDecision() {}

    /**
     * @param more what must be there besides the action
     * @throws Refusal 400 that says what is wrong
     */
    public static Decision read(Fields body, Set<String> more) {
        Set<String> required = new HashSet<>(more);
        required.add("action");
        body.check(required, Set.of("comment", "reason", "forward", "always", "preserve"));
        String action = body.text("action");
        if (!ACTIONS.contains(action)) {
            throw Fields.wrong("action", "Accepted Values are: " + String.join(", ", ACTIONS));
        }
        return new Decision(
                choice(action),
                body.optional("comment").or(() -> body.optional("reason")).orElse(""),
                body.constant("always", Treatment.class),
                body.flag("preserve", false),
                body.all("forward").stream().filter(email -> !email.isBlank()).toList());
    }

    private static Choice choice(String action) {
        return switch (action) {
            case "accept" -> Choice.ACCEPT;
            case "reject" -> Choice.REJECT;
            case "discard" -> Choice.DISCARD;
            case "defer", "hold" -> Choice.DEFER;
            default -> throw new IllegalStateException("an action cannot be unknown here: " + action);
        };
    }

    /** What {@code always} asks for cannot be done. */
    public static Refusal noSender() {
        return Fields.wrong("always", "the sender is no address that could be treated in a way of its own");
    }
}

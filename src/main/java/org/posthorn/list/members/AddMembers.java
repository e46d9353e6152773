package org.posthorn.list.members;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.posthorn.list.InvalidValueException;
import org.posthorn.list.NewSubscription;
import org.posthorn.list.Role;
import org.posthorn.list.Subscriptions;
import org.posthorn.list.subscription.Joining;
import org.posthorn.list.subscription.Outcome;
import org.posthorn.list.subscription.Wish;
import org.posthorn.mail.HeaderBlock;
import org.posthorn.mail.NamedAddress;
import org.posthorn.platform.Text;
import org.posthorn.platform.actor.Needs;
import org.posthorn.platform.actor.OfList;
import org.posthorn.platform.actor.Right;

/** Gives people roles on a list, as somebody types or pastes them: one call a line, so that a wrong one costs the others nothing. */
@ApplicationScoped
public class AddMembers {

    /** How members come to the list; for other roles it is always at once. */
    public enum Manner {
        /** They are on it when the call returns. */
        AT_ONCE,
        /** They are asked by mail, and are on it when they say yes. */
        INVITE
    }

    /** What became of a line. */
    public enum Added {
        YES,
        ASKED
    }

    private static final int LONGEST_LINE = 1400;

    private final Joining joining;
    private final Subscriptions subscriptions;

    protected AddMembers() {
        this(null, null);
    }

    @Inject
    public AddMembers(Joining joining, Subscriptions subscriptions) {
        this.joining = joining;
        this.subscriptions = subscriptions;
    }

    /**
     * @param line {@code address}, or {@code Name <address>}
     * @param welcome whether to send a welcome message; null: as the list has it
     * @throws InvalidValueException when there is not exactly one address in the line
     * @throws org.posthorn.list.RefusedException when the address has the role already, is banned, or has been asked
     */
    @Transactional
    @Needs(Right.CHANGE_MEMBERS)
    public Added add(@OfList long listId, String line, Role role, Manner manner, Boolean welcome) {
        NamedAddress who = read(line);
        String name = who.name().isBlank() ? null : who.name();
        if (role != Role.MEMBER) {
            subscriptions.subscribe(NewSubscription.of(listId, who.address().address(), name, role));
            return Added.YES;
        }
        Wish granted = Wish.granted(who.address().address(), name, welcome);
        Wish wish = manner == Manner.AT_ONCE
                ? granted
                : new Wish(granted.email(), null, name, null, null, false, false, true, true, welcome);
        return joining.join(listId, wish) instanceof Outcome.Done ? Added.YES : Added.ASKED;
    }

    private static NamedAddress read(String line) {
        String text = Text.line(line, LONGEST_LINE).strip();
        List<NamedAddress> found = HeaderBlock.parse(("To: " + text + "\r\n").getBytes(StandardCharsets.UTF_8))
                .addresses("To");
        if (found.size() != 1) {
            throw new InvalidValueException("address", text, "one e-mail address, or a name and the address in <>");
        }
        return found.get(0);
    }
}

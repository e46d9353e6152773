package org.posthorn.api.mailman;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.Set;
import org.posthorn.api.wire.Fields;
import org.posthorn.api.wire.IfMatch;
import org.posthorn.api.wire.Refusal;
import org.posthorn.list.Action;
import org.posthorn.list.Appointments;
import org.posthorn.list.DeliveryMode;
import org.posthorn.list.DuplicateException;
import org.posthorn.list.InvalidValueException;
import org.posthorn.list.Member;
import org.posthorn.list.Memberships;
import org.posthorn.list.Role;
import org.posthorn.list.SubscriptionPendingException;
import org.posthorn.list.subscription.Leaving;
import org.posthorn.list.subscription.Outcome;

/** What can be done with one membership, by whichever path it was named. Within the caller's transaction. */
@ApplicationScoped
class OneMember {

    private final Memberships memberships;
    private final Leaving leaving;
    private final Appointments appointments;
    private final ShownPeople shown;
    private final IfMatch ifMatch;

    protected OneMember() {
        this(null, null, null, null, null);
    }

    @Inject
    OneMember(Memberships memberships, Leaving leaving, Appointments appointments, ShownPeople shown, IfMatch ifMatch) {
        this.memberships = memberships;
        this.leaving = leaving;
        this.appointments = appointments;
        this.shown = shown;
        this.ifMatch = ifMatch;
    }

    Response change(Member member, Fields body) {
        body.check(Set.of(), Set.of("address", "delivery_mode", "moderation_action", "topics", "receive_untagged"));
        ifMatch.require(() -> shown.member(member));
        long list = member.list().getId();
        body.optional("address").ifPresent(email -> move(member, email));
        body.constant("delivery_mode", DeliveryMode.class)
                .ifPresent(mode -> memberships.deliver(list, member.getId(), mode));
        if (body.has("moderation_action")) {
            Action action = body.text("moderation_action").isEmpty()
                    ? null
                    : body.constant("moderation_action", Action.class).orElseThrow();
            memberships.moderate(list, member.getId(), action);
        }
        if (body.has("topics")) {
            memberships.choose(
                    list,
                    member.getId(),
                    body.all("topics").stream().filter(name -> !name.isBlank()).toList());
        }
        if (body.has("receive_untagged")) {
            memberships.receiveUntagged(list, member.getId(), body.flag("receive_untagged", false));
        }
        return Created.nothing();
    }

    private void move(Member member, String email) {
        try {
            memberships.move(member.list().getId(), member.getId(), email);
        } catch (DuplicateException e) {
            throw Refusal.badRequest("Address is subscribed already: " + Fields.shown(email));
        } catch (InvalidValueException e) {
            throw Refusal.badRequest("Address cannot be used, it must be " + e.allowed() + ": " + Fields.shown(email));
        }
    }

    Response end(Member member, Fields body) {
        body.check(Set.of(), Set.of("pre_confirmed", "pre_approved"));
        ifMatch.require(() -> shown.member(member));
        long list = member.list().getId();
        if (member.getRole() != Role.MEMBER) {
            appointments.dismiss(list, member.getId());
            return Created.nothing();
        }
        try {
            // Confirmed unless it says otherwise, as with Mailman: who calls REST speaks for the member.
            Outcome outcome = leaving.leave(
                    list, member.getId(), body.flag("pre_confirmed", true), body.flag("pre_approved", false));
            return outcome instanceof Outcome.Waits waits ? Created.later(waits) : Created.nothing();
        } catch (SubscriptionPendingException e) {
            throw Refusal.conflict("Unsubscription request already pending");
        }
    }

    JsonObject preferences(Member member) {
        return shown.preferences(member.preferences(), "members", shown.id(member.getId()), "preferences");
    }

    JsonObject effectivePreferences(Member member) {
        return shown.preferences(
                member.effectivePreferences(), "members", shown.id(member.getId()), "all", "preferences");
    }

    Response wish(Member member, Map<String, Object> wishes) {
        ifMatch.require(() -> preferences(member));
        memberships.changePreferences(member.list().getId(), member.getId(), wishes);
        return Created.nothing();
    }
}

package org.posthorn.list.members;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.OptimisticLockException;
import jakarta.persistence.PersistenceException;
import jakarta.transaction.Transactional;
import java.util.Locale;
import org.posthorn.list.Action;
import org.posthorn.list.BannedException;
import org.posthorn.list.Bans;
import org.posthorn.list.ConflictException;
import org.posthorn.list.DeliveryMode;
import org.posthorn.list.DeliveryStatus;
import org.posthorn.list.DuplicateException;
import org.posthorn.list.InvalidValueException;
import org.posthorn.list.Member;
import org.posthorn.list.MemberRepository;
import org.posthorn.list.Role;
import org.posthorn.list.UnknownException;
import org.posthorn.list.subscription.Leaving;
import org.posthorn.platform.DatabaseException;
import org.posthorn.platform.actor.Needs;
import org.posthorn.platform.actor.OfList;
import org.posthorn.platform.actor.Right;

/** Changes members of a list. Each call is for one member, so that of many some can fail and the others stand. */
@ApplicationScoped
public class MemberChanges {

    private final MemberRepository members;
    private final Leaving leaving;
    private final Bans bans;

    protected MemberChanges() {
        this(null, null, null);
    }

    @Inject
    public MemberChanges(MemberRepository members, Leaving leaving, Bans bans) {
        this.members = members;
        this.leaving = leaving;
        this.bans = bans;
    }

    /**
     * Makes a member like this.
     *
     * @param version the one that was seen
     * @throws UnknownException when the list has no such member (any more)
     * @throws ConflictException when somebody else has changed the member since
     * @throws DuplicateException when the address has the new role already
     * @throws InvalidValueException when the list has no such topic, or the name cannot be
     * @throws BannedException when a banned address would become a member
     */
    @Transactional
    @Needs(Right.CHANGE_MEMBERS)
    public void change(@OfList long listId, long memberId, long version, MemberChange wanted) {
        Member member = member(listId, memberId);
        if (member.getVersion() != version) {
            throw new ConflictException(member.address().getEmail());
        }
        Member changed = wanted.role() == member.getRole() ? member : inRole(member, wanted.role());
        if (changed == member && member.preferences().getDeliveryMode() != wanted.mode()) {
            members.oweLastDigest(member);
        }
        changed.rename(wanted.displayName());
        changed.preferences().setDeliveryStatus(wanted.status());
        changed.preferences().setDeliveryMode(wanted.mode());
        changed.moderate(wanted.moderationAction());
        if (wanted.topics() != null) {
            changed.choose(wanted.topics());
            changed.setReceiveUntagged(wanted.receiveUntagged());
        }
        try {
            if (changed != member) {
                members.remove(member);
                members.add(changed);
            }
            members.flush();
        } catch (OptimisticLockException e) { // of two who save at the same instant
            throw new ConflictException(member.address().getEmail());
        } catch (
                PersistenceException
                        e) { // somebody else made another of this role, or changed this one's, at the same instant
            if (!DatabaseException.isConstraintViolation(e)) {
                throw e;
            }
            throw new DuplicateException(
                    wanted.role().name().toLowerCase(Locale.ROOT),
                    member.address().getEmail());
        }
    }

    /** The same address or person in another role: a role is part of what makes a membership this one. */
    private Member inRole(Member member, Role role) {
        String email = member.address().getEmail();
        if (members.of(member.list(), role, email).isPresent()) {
            throw new DuplicateException(role.name().toLowerCase(Locale.ROOT), email);
        }
        if (role == Role.MEMBER && bans.isBanned(member.list().getId(), email.toLowerCase(Locale.ROOT))) {
            throw new BannedException(email);
        }
        return member.inRole(role);
    }

    /** Sets what is done with the member's posts. @param action null: the list's default */
    @Transactional
    @Needs(Right.CHANGE_MEMBERS)
    public void moderate(@OfList long listId, long memberId, Action action) {
        member(listId, memberId).moderate(action);
    }

    /** Sets whether posts come. @param status null: inherited */
    @Transactional
    @Needs(Right.CHANGE_MEMBERS)
    public void setStatus(@OfList long listId, long memberId, DeliveryStatus status) {
        member(listId, memberId).preferences().setDeliveryStatus(status);
    }

    /** Sets how posts come. @param mode null: inherited */
    @Transactional
    @Needs(Right.CHANGE_MEMBERS)
    public void setMode(@OfList long listId, long memberId, DeliveryMode mode) {
        Member member = member(listId, memberId);
        members.oweLastDigest(member);
        member.preferences().setDeliveryMode(mode);
    }

    /**
     * Ends a membership of whatever role, and says goodbye to a member where the list does. The address stays.
     *
     * @throws UnknownException when it is gone already
     */
    @Transactional
    @Needs(Right.CHANGE_MEMBERS)
    public void remove(@OfList long listId, long memberId) {
        Member member = member(listId, memberId);
        if (member.getRole() == Role.MEMBER) {
            leaving.remove(listId, memberId);
        } else {
            members.remove(member);
        }
    }

    private Member member(long listId, long memberId) {
        return members.byId(memberId)
                .filter(member -> member.list().getId() == listId)
                .orElseThrow(() -> new UnknownException("member", memberId));
    }
}

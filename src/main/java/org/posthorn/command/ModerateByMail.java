package org.posthorn.command;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.posthorn.list.MailingList;
import org.posthorn.list.Role;
import org.posthorn.list.Roster;
import org.posthorn.mail.ApprovedLine;
import org.posthorn.mail.EmailAddress;
import org.posthorn.mail.MailMessage;
import org.posthorn.mail.NamedAddress;
import org.posthorn.mail.reading.ReadMessage;
import org.posthorn.moderation.Approval;
import org.posthorn.moderation.DecideHeld;
import org.posthorn.moderation.DecideHeld.Choice;
import org.posthorn.moderation.DecideHeld.Decision;
import org.posthorn.moderation.DecideHeld.Result;
import org.posthorn.moderation.HeldMessage;
import org.posthorn.moderation.HeldMessages;
import org.posthorn.moderation.HeldReplies;
import org.posthorn.platform.actor.Acting;
import org.posthorn.platform.actor.Actor;
import org.posthorn.platform.actor.Scope;
import org.posthorn.platform.actor.Via;
import org.posthorn.queue.MessageStore;

/**
 * A moderator's reply to the notice about a held post: {@code accept}, {@code reject} with a reason, {@code discard} or
 * {@code defer}. The token in the address names the post and shows that the notice was read; the one From address must be an
 * owner's or moderator's at this time. {@code always} or {@code ban} behind the word sets how the sender is treated from now on. What cannot be understood changes nothing. {@code Approved:} with the list's moderator
 * password accepts; with a wrong one nothing is done.
 */
@ApplicationScoped
public class ModerateByMail implements MailCommand {

    private final HeldReplies replies;
    private final HeldMessages held;
    private final DecideHeld deciding;
    private final Approval approval;
    private final Roster roster;
    private final MessageStore messages;
    private final ModerationAnswers answers;

    protected ModerateByMail() {
        this(null, null, null, null, null, null, null);
    }

    @Inject
    public ModerateByMail(
            HeldReplies replies,
            HeldMessages held,
            DecideHeld deciding,
            Approval approval,
            Roster roster,
            MessageStore messages,
            ModerationAnswers answers) {
        this.replies = replies;
        this.held = held;
        this.deciding = deciding;
        this.approval = approval;
        this.roster = roster;
        this.messages = messages;
        this.answers = answers;
    }

    @Override
    public boolean takes(CommandMail mail) {
        return mail.address().equals("confirm") && HeldReplies.isToken(token(mail));
    }

    /** Whoever keeps a site's lists may well be its postmaster. */
    @Override
    public boolean takesFromRoles() {
        return true;
    }

    private static String token(CommandMail mail) {
        return mail.subaddress().toLowerCase(Locale.ROOT);
    }

    @Override
    public String carryOut(CommandMail mail) {
        MailingList list = mail.list();
        Optional<Long> posting = replies.posting(list.getId(), token(mail));
        Optional<EmailAddress> moderator = moderator(mail);
        if (moderator.isEmpty()) {
            // Who guesses at addresses learns nothing, not even by getting no answer.
            posting.ifPresent(known -> answers.refused(list, mail.replyTo()));
            return "refused: not of an owner or moderator";
        }
        if (posting.isEmpty()) {
            answers.unknown(list, moderator.get());
            return "refused: the address is good for nothing any more";
        }
        Actor actor = new Actor(Via.MAIL, moderator.get().address(), null, false, Set.of(Scope.MODERATION));
        try (Acting.Bound bound = Acting.as(actor)) {
            return moderate(mail, posting.get(), moderator.get());
        }
    }

    private String moderate(CommandMail mail, long posting, EmailAddress moderator) {
        MailingList list = mail.list();
        Optional<HeldMessage> post = held.ofPosting(list.getId(), posting);
        if (post.isEmpty()) {
            answers.already(list, moderator, posting);
            return "nothing: it was decided before";
        }
        Password password = password(mail);
        if (password == Password.WRONG) {
            answers.wrongPassword(list, moderator, post.get(), token(mail));
            return "refused: not the moderators' password";
        }
        Optional<Reply> reply = password == Password.RIGHT ? Optional.of(Reply.of(Choice.ACCEPT)) : read(mail);
        if (reply.isEmpty()) {
            answers.unclear(list, moderator, post.get(), token(mail));
            return "nothing: it is not clear what is meant";
        }
        Decision decision = new Decision(
                reply.get().word(), reply.get().reason(), reply.get().always(), false);
        Result result = deciding.decide(list.getId(), post.get().requestId(), decision, moderator.address());
        if (result == Result.NO_SENDER) {
            answers.unclear(list, moderator, post.get(), token(mail));
            return "nothing: its sender is no address";
        }
        if (result == Result.GONE) {
            answers.already(list, moderator, posting);
            return "nothing: it was decided before";
        }
        answers.done(list, moderator, post.get(), decision, token(mail));
        return reply.get().word().name().toLowerCase(Locale.ROOT) + " request="
                + post.get().requestId();
    }

    /** Of several From addresses none says who wrote. */
    private Optional<EmailAddress> moderator(CommandMail mail) {
        List<NamedAddress> from = mail.header().addresses("From");
        if (from.size() != 1) {
            return Optional.empty();
        }
        EmailAddress author = from.get(0).address();
        long list = mail.list().getId();
        boolean moderates = roster.find(list, Role.OWNER, author.key()).isPresent()
                || roster.find(list, Role.MODERATOR, author.key()).isPresent();
        return Optional.of(author).filter(writer -> moderates);
    }

    private enum Password {
        NONE,
        RIGHT,
        WRONG
    }

    private Password password(CommandMail mail) {
        try (InputStream octets = messages.open(mail.messageId())) {
            byte[] start = MailMessage.open(octets).body().readNBytes(ApprovedLine.LOOK_AHEAD);
            boolean given = ApprovedLine.NAMES.stream().anyMatch(mail.header()::has)
                    || ApprovedLine.find(mail.header(), start).isPresent();
            if (!given) {
                return Password.NONE;
            }
            return approval.isGiven(mail.list(), mail.header(), start, mail.sizeBytes())
                    ? Password.RIGHT
                    : Password.WRONG;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<Reply> read(CommandMail mail) {
        try (InputStream octets = messages.open(mail.messageId())) {
            return Reply.read(ReadMessage.of(octets), mail.header().subject());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

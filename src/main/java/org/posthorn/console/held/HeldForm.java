package org.posthorn.console.held;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.model.SelectItem;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.posthorn.console.door.Here;
import org.posthorn.console.frame.Act;
import org.posthorn.console.text.Texts;
import org.posthorn.list.InvalidValueException;
import org.posthorn.list.TreatSender.Treatment;
import org.posthorn.moderation.DecideHeld.Choice;
import org.posthorn.moderation.DecideHeld.Decision;
import org.posthorn.moderation.DecideHeld.Result;
import org.posthorn.moderation.DecideSeveral;
import org.posthorn.moderation.DecideSeveral.Outcome;

/** What a moderator says besides the decision itself: about one held post or several; and what came of it, in words. */
@Named
@RequestScoped
public class HeldForm {

    private static final int NAMED = 3;

    @Inject
    private DecideSeveral deciding;

    @Inject
    private Here here;

    @Inject
    private Act act;

    @Inject
    private Texts texts;

    private String reason = "";
    private String always = "";
    private boolean preserve;
    private String forward = "";

    /** @return what came of each; empty: the form says what is wrong with it, and nothing was done */
    Optional<List<Outcome>> decide(List<Long> requestIds, Choice choice) {
        if (choice == Choice.REJECT && reason.isBlank()) {
            act.refuse("reason", "held.reason.missing");
            return Optional.empty();
        }
        Decision decision = new Decision(choice, reason.strip(), treatment(), preserve, addresses());
        try {
            return Optional.of(deciding.decide(
                    here.listId(), requestIds, decision, here.getVisitor().getName()));
        } catch (InvalidValueException e) {
            if (e.field().equals("forward")) {
                act.refuse("forward", "held.forward.wrong", e.value(), e.allowed());
            } else {
                act.refuse(null, "held.too-many", requestIds.size(), DecideSeveral.MOST, DecideSeveral.MOST_FORWARDED);
            }
            return Optional.empty();
        }
    }

    /** To be said on the next page; each part is a sentence of its own. */
    String words(Choice choice, List<Outcome> outcomes) {
        long done = count(outcomes, Result.DONE);
        long noSender = count(outcomes, Result.NO_SENDER);
        long failed = count(outcomes, Result.FAILED);
        return Stream.of(
                        done == 0 ? "" : texts.of("held.done." + word(choice), done),
                        done == 0 || always.isEmpty() ? "" : texts.of("held.treated." + always, done),
                        done == 0 || addresses().isEmpty()
                                ? ""
                                : texts.of("held.forwarded", done, String.join(", ", addresses())),
                        before(outcomes),
                        noSender == 0 ? "" : texts.of("held.no-sender", noSender),
                        failed == 0 ? "" : texts.of("held.failed", failed))
                .filter(sentence -> !sentence.isEmpty())
                .reduce((one, next) -> one + " " + next)
                .orElse("");
    }

    private String before(List<Outcome> outcomes) {
        List<Outcome> gone = outcomes.stream()
                .filter(outcome -> outcome.result() == Result.GONE)
                .toList();
        List<String> who = gone.stream()
                .flatMap(outcome -> outcome.before().stream())
                .map(first -> first.by())
                .distinct()
                .limit(NAMED)
                .toList();
        if (gone.isEmpty()) {
            return "";
        }
        return who.isEmpty()
                ? texts.of("held.gone-before", gone.size())
                : texts.of("held.decided-before", gone.size(), String.join(", ", who));
    }

    private static long count(List<Outcome> outcomes, Result result) {
        return outcomes.stream().filter(outcome -> outcome.result() == result).count();
    }

    private static String word(Choice choice) {
        return choice.name().toLowerCase(Locale.ROOT);
    }

    private Optional<Treatment> treatment() {
        return Arrays.stream(Treatment.values())
                .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(always))
                .findFirst();
    }

    private List<String> addresses() {
        return Stream.of(forward.split("[,;\\s]+"))
                .filter(address -> !address.isEmpty())
                .toList();
    }

    boolean isForwarded() {
        return !addresses().isEmpty();
    }

    public List<SelectItem> getTreatments() {
        return Stream.of("", "accept", "hold", "reject", "discard", "ban")
                .map(value -> new SelectItem(value, texts.get("held.always." + (value.isEmpty() ? "no" : value))))
                .toList();
    }

    public String getReason() {
        return reason;
    }

    public void setReason(String reason) {
        this.reason = reason == null ? "" : reason;
    }

    public String getAlways() {
        return always;
    }

    public void setAlways(String always) {
        this.always = always == null ? "" : always;
    }

    public boolean isPreserve() {
        return preserve;
    }

    public void setPreserve(boolean preserve) {
        this.preserve = preserve;
    }

    public String getForward() {
        return forward;
    }

    public void setForward(String forward) {
        this.forward = forward == null ? "" : forward;
    }
}

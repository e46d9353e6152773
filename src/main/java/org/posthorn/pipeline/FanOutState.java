package org.posthorn.pipeline;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.posthorn.pipeline.FanOut.Cursor;
import org.posthorn.pipeline.Kitchen.Dish;
import org.posthorn.queue.QueueEntry;

/**
 * What a pipeline entry remembers between two turns, in its attributes; the cursor's member id is its progress.
 *
 * @param begun when the fan-out began
 */
record FanOutState(Dish dish, Instant begun, Cursor cursor) {

    private static final String COOKED = "cooked";
    private static final String FOOTER = "footer";
    private static final String AUTHOR = "author";
    private static final String BEGUN = "begun";
    private static final String CHUNKS = "chunks";
    private static final String RECIPIENTS = "recipients";

    static FanOutState begin(Dish dish, Instant now) {
        return new FanOutState(dish, now, new Cursor(0, 0, 0, false));
    }

    /** @return empty: nothing is cooked yet */
    static Optional<FanOutState> of(QueueEntry entry) {
        Map<String, String> attributes = entry.attributes();
        if (!attributes.containsKey(COOKED)) {
            return Optional.empty();
        }
        Dish dish = new Dish(
                Long.parseLong(attributes.get(COOKED)),
                attributes.get(OutAttributes.BOUNCES),
                attributes.get(OutAttributes.PERSONALIZE),
                attributes.get(FOOTER),
                attributes.getOrDefault(AUTHOR, ""));
        Cursor cursor = new Cursor(
                entry.progress(),
                Integer.parseInt(attributes.get(CHUNKS)),
                Long.parseLong(attributes.get(RECIPIENTS)),
                false);
        return Optional.of(new FanOutState(dish, Instant.ofEpochMilli(Long.parseLong(attributes.get(BEGUN))), cursor));
    }

    FanOutState with(Dish again) {
        return new FanOutState(again, begun, cursor);
    }

    FanOutState at(Cursor further) {
        return new FanOutState(dish, begun, further);
    }

    Map<String, String> attributes() {
        return Map.of(
                COOKED,
                Long.toString(dish.messageId()),
                FOOTER,
                dish.footer(),
                AUTHOR,
                dish.author(),
                OutAttributes.BOUNCES,
                dish.bounces(),
                OutAttributes.PERSONALIZE,
                dish.personalize(),
                BEGUN,
                Long.toString(begun.toEpochMilli()),
                CHUNKS,
                Integer.toString(cursor.chunks()),
                RECIPIENTS,
                Long.toString(cursor.recipients()));
    }

    /** For the entries in {@code out}. */
    Map<String, String> outAttributes(String kind) {
        return Map.of(
                OutAttributes.KIND,
                kind,
                OutAttributes.BOUNCES,
                dish.bounces(),
                OutAttributes.PERSONALIZE,
                dish.personalize());
    }
}

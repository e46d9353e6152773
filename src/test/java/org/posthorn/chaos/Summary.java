package org.posthorn.chaos;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How a run went.
 *
 * @param struck events by kind
 * @param commit of what ran, and whether it was changed since
 * @param sliceStall empty where slices cannot be watched one by one (H2)
 * @param drain from the last event healed to the last queue empty
 * @param parked entries in {@code shunt} and {@code bad} at the end
 * @param traces by state, of a sample of accepted posts
 * @param faults what must not happen, in words
 */
record Summary(
        Setup setup,
        Ledger.Tally tally,
        Map<Kind, Integer> struck,
        String commit,
        Stall stall,
        Optional<Stall> sliceStall,
        Duration drain,
        long parked,
        Map<String, Integer> traces,
        List<String> faults) {

    /** @return what is wrong; empty when all holds */
    List<String> shortfalls() {
        List<String> all = new ArrayList<>(faults);
        require(all, tally.missing() == 0, tally.missing() + " copies of " + tally.incomplete() + " posts were lost");
        require(all, tally.foreign() == 0, tally.foreign() + " copies went to somebody who should have none");
        require(all, tally.garbled() == 0, tally.garbled() + " copies do not say what was posted");
        require(all, tally.refused() == 0, tally.refused() + " posts were refused for good");
        require(all, parked == 0, parked + " entries were shunted or bad");
        require(
                all,
                tally.unexplained() == 0,
                tally.unexplained() + " of " + tally.repeats() + " repeats come from no event");
        require(all, stall.isWithin(Setup.MOST_STALL), "nothing came for " + stall);
        sliceStall.ifPresent(slice -> require(all, slice.isWithin(Setup.MOST_STALL), "a slice stood still: " + slice));
        require(
                all,
                tally.longestWay().compareTo(Setup.MOST_WAY) <= 0,
                "a post took " + tally.longestWay().toSeconds() + " s");
        require(all, traces.keySet().stream().allMatch("delivered"::equals), "traces say " + traces);
        require(all, tally.posts() > 0, "no post was accepted");
        return all;
    }

    private static void require(List<String> all, boolean holds, String otherwise) {
        if (!holds) {
            all.add(otherwise);
        }
    }

    /** As docs/reliability.md has it. */
    String toMarkdown() {
        StringBuilder table = new StringBuilder("| | |\n| --- | --- |\n");
        row(table, "commit", commit);
        row(table, "seed", setup.seed());
        row(
                table,
                "minutes under load",
                String.format(Locale.ROOT, "%.1f", setup.length().toSeconds() / 60.0));
        row(table, "nodes, database", setup.nodes() + ", " + (setup.onPostgreSql() ? "PostgreSQL" : "H2"));
        row(table, "lists", lists());
        row(
                table,
                "events",
                struck.values().stream().mapToInt(Integer::intValue).sum() + ": " + events());
        row(table, "posts accepted", tally.posts());
        row(table, "deliveries", tally.deliveries());
        row(table, "**lost**", "**" + tally.missing() + "**");
        row(table, "foreign", tally.foreign());
        row(table, "garbled", tally.garbled());
        row(table, "repeats", tally.repeats() + repeatsAfter());
        row(table, "most repeats of a connection at one time", tally.mostRepeated() + " of " + Setup.REPEAT_BOUND);
        row(table, "**repeats that no event explains**", "**" + tally.unexplained() + "**");
        row(table, "longest stall of all", stall);
        row(table, "longest stall of a slice", sliceStall.map(Stall::toString).orElse("not measured"));
        row(
                table,
                "longest way of a post, to its last member",
                String.format(Locale.ROOT, "%.1f s", tally.longestWay().toMillis() / 1000.0));
        row(table, "shunted or bad", parked);
        row(table, "traces looked at", traces);
        row(table, "until all queues were empty, after the last event", drain.toSeconds() + " s");
        row(table, "verdict", shortfalls().isEmpty() ? "all holds" : String.join("; ", shortfalls()));
        return table.toString();
    }

    private static void row(StringBuilder table, String what, Object figure) {
        table.append("| ").append(what).append(" | ").append(figure).append(" |\n");
    }

    private String lists() {
        return setup.lists().stream()
                .map(list -> list.size() + (list.personal() ? " personal" : ""))
                .collect(Collectors.joining(", "));
    }

    private String events() {
        return struck.entrySet().stream()
                .map(kind -> kind.getKey().label() + " " + kind.getValue())
                .collect(Collectors.joining(", "));
    }

    private String repeatsAfter() {
        return tally.repeatsAfter().isEmpty()
                ? ""
                : ", by the event that explains them: " + new TreeMap<>(tally.repeatsAfter());
    }

    /** The same, for programs. */
    JsonObject toJson() {
        JsonObjectBuilder events = Json.createObjectBuilder();
        struck.forEach((kind, times) -> events.add(kind.label(), times));
        JsonObjectBuilder repeats = Json.createObjectBuilder();
        tally.repeatsAfter().forEach(repeats::add);
        JsonObjectBuilder states = Json.createObjectBuilder();
        traces.forEach(states::add);
        return Json.createObjectBuilder()
                .add("commit", commit)
                .add("seed", setup.seed())
                .add("seconds", setup.length().toSeconds())
                .add("nodes", setup.nodes())
                .add("database", setup.database())
                .add("events", events)
                .add("posts", tally.posts())
                .add("unanswered", tally.unanswered())
                .add("refused", tally.refused())
                .add("deliveries", tally.deliveries())
                .add("lost", tally.missing())
                .add("foreign", tally.foreign())
                .add("garbled", tally.garbled())
                .add("repeats", tally.repeats())
                .add("repeats_unexplained", tally.unexplained())
                .add("most_repeats_of_a_connection", tally.mostRepeated())
                .add("repeats_after", repeats)
                .add("longest_stall_seconds", stall.length().toMillis() / 1000.0)
                .add(
                        "longest_slice_stall_seconds",
                        sliceStall
                                .<JsonValue>map(
                                        stall -> Json.createValue(stall.length().toMillis() / 1000.0))
                                .orElse(JsonValue.NULL))
                .add("longest_way_seconds", tally.longestWay().toMillis() / 1000.0)
                .add("parked", parked)
                .add("traces", states)
                .add("drain_seconds", drain.toSeconds())
                .add("shortfalls", Json.createArrayBuilder(shortfalls()))
                .build();
    }
}

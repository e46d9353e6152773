package org.posthorn.cli.tune;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.posthorn.delivery.smtp.Offer;
import org.posthorn.delivery.smtp.trial.Figures;

class LadderTest {

    private static final Offer OFFER = new Offer(true, true, false, 0, 200);

    private final List<Figures> told = new ArrayList<>();

    private static Figures clean(int connections, int recipients, int copiesPerSecond) {
        return new Figures(connections, recipients, copiesPerSecond, 1, 10, 20, 0, 0, 0, 0, 0, 0, "", OFFER);
    }

    private static Figures turnedAway(int connections) {
        return new Figures(connections, 1, 5, 1, 10, 20, 0, 0, 0, 2, 0, 0, "421 too many", OFFER);
    }

    private Ladder.Climbed climb(BiFunction<Integer, Integer, Figures> smarthost, List<Integer> recipients) {
        return new Ladder(smarthost, told::add).climb(List.of(1, 2, 4, 8, 16), recipients);
    }

    private static String fields(Ladder.Climbed climbed) {
        return new Advice(climbed).fields().toString();
    }

    @Test
    void asFewConnectionsAreRecommendedAsBringNearlyTheMost() {
        Ladder.Climbed climbed = climb(
                (connections, recipients) ->
                        clean(connections, recipients, 100 * Math.min(connections, 4) + connections),
                List.of(1));

        assertThat(fields(climbed)).isEqualTo("{\"connections\":4}");
    }

    @Test
    void itEndsWhenTwoStepsBroughtNoMore() {
        Ladder.Climbed climbed = climb((connections, recipients) -> clean(connections, recipients, 100), List.of(1));

        assertThat(told).extracting(Figures::connections).containsExactly(1, 2, 4);
        assertThat(climbed.stopped()).contains("more than 1 connections bring no more");
    }

    @Test
    void itEndsWhereTheSmarthostTurnsAway() {
        Ladder.Climbed climbed = climb(
                (connections, recipients) ->
                        connections < 4 ? clean(connections, recipients, 100 * connections) : turnedAway(connections),
                List.of(1));

        assertThat(told).extracting(Figures::connections).containsExactly(1, 2, 4);
        assertThat(climbed.stopped()).contains("connections=4").contains("421 too many");
        assertThat(fields(climbed)).isEqualTo("{\"connections\":2}");
    }

    @Test
    void nothingIsRecommendedWhenTheFirstStepIsRefused() {
        Ladder.Climbed climbed = climb((connections, recipients) -> turnedAway(connections), List.of(1));

        assertThat(told).hasSize(1);
        assertThat(new Advice(climbed).isAny()).isFalse();
        assertThat(fields(climbed)).isEqualTo("{}");
    }

    @Test
    void recipientsAreTriedWithTheBestConnections() {
        Ladder.Climbed climbed = climb(
                (connections, recipients) ->
                        clean(connections, recipients, 100 * Math.min(connections, 2) * Math.min(recipients, 10)),
                List.of(1, 10, 50));

        assertThat(told.subList(4, 6)).extracting(Figures::connections).containsOnly(2);
        assertThat(fields(climbed)).isEqualTo("{\"connections\":2,\"rcpts\":10}");
    }

    @Test
    void messagesPerConnectionAreRecommendedWhereTheSmarthostEndsConnections() {
        Ladder.Climbed climbed = climb(
                (connections, recipients) ->
                        new Figures(connections, 1, 100, 1, 10, 20, 0, 0, 3, 0, 5, 50, "421 too many messages", OFFER),
                List.of(1));

        assertThat(fields(climbed)).isEqualTo("{\"connections\":1,\"messages_per_connection\":50}");
    }

    @Test
    void aFarSmarthostWithoutPipeliningIsTold() {
        Figures far = new Figures(1, 1, 10, 1, 10, 20, 0, 0, 0, 0, 0, 0, "", new Offer(false, false, true, 0, 20_000));

        assertThat(new Advice(new Ladder.Climbed(List.of(far), "")).lines())
                .anyMatch(line -> line.contains("round trip: 20.0 ms"))
                .anyMatch(line -> line.contains("Without PIPELINING"))
                .contains("Recommended: connections=1");
    }
}

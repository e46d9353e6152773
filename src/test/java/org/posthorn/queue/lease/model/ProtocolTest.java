package org.posthorn.queue.lease.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.posthorn.queue.lease.FenceRow;
import org.posthorn.queue.lease.Incarnation;
import org.posthorn.queue.lease.Lease;
import org.posthorn.queue.lease.LeaseRow;
import org.posthorn.queue.lease.NodeRow;
import org.posthorn.queue.lease.SlicePlan;

/** The protocol holds in every reachable state; and the search is sharp enough to notice when a rule is missing. */
class ProtocolTest {

    static Stream<Named<Bounds>> bounds() {
        return Stream.of(
                Named.of("two nodes, two slices, two entries", new Bounds(2, 2, 0, 2, 2, 0)),
                Named.of("two nodes, one slice that changes hands by itself", new Bounds(2, 1, 0, 2, 2, 1)),
                Named.of("three nodes, one slice", new Bounds(3, 1, 0, 1, 2, 1)),
                Named.of("two nodes, one slice cut into two", new Bounds(2, 1, 2, 1, 2, 0)),
                Named.of("two nodes, two slices made one", new Bounds(2, 2, 1, 1, 1, 1)));
    }

    @ParameterizedTest
    @MethodSource("bounds")
    void onlyTheHolderCommitsAndEverythingIsOwnedAndDoneInTheEnd(Bounds bounds) {
        long begun = System.nanoTime();
        Search.Found found = new Search(bounds, Rules.PRODUCT).run();
        System.out.printf(
                "%s: %,d states, %,d steps, %.1f s%n",
                bounds, found.states(), found.steps(), (System.nanoTime() - begun) / 1e9);
        assertThat(found.violation()).isEmpty();
        assertThat(found.stuck()).isEmpty();
    }

    static Stream<Named<Rules>> mutants() {
        return Stream.of(
                Named.of("no fence", new Rules() {
                    @Override
                    public boolean mayCommit(Lease lease, FenceRow fence) {
                        return true;
                    }
                }),
                Named.of("epochs that do not grow", new Rules() {
                    @Override
                    public long epochAfter(long epoch) {
                        return epoch;
                    }
                }),
                Named.of("lapsed incarnations that are revived", new Rules() {
                    @Override
                    public boolean mayRenew(Incarnation me, NodeRow row, Instant now) {
                        return row.incarnation().equals(me.id())
                                || row.incarnation().equals(NodeRow.STRUCK);
                    }
                }),
                Named.of("lapsed incarnations that are not struck out", new Rules() {
                    @Override
                    public boolean mustStrike(LeaseRow lease, NodeRow holder, Instant now) {
                        return false;
                    }
                }),
                Named.of("a deadline counted from the answer", new Rules() {
                    @Override
                    public boolean isPastOnArrival(Duration sinceSent) {
                        return false;
                    }
                }),
                Named.of("taking from the living", new Rules() {
                    @Override
                    public boolean mayTake(Incarnation taker, LeaseRow lease, NodeRow holder, Instant now) {
                        return true;
                    }
                }),
                Named.of("a new cut beside the old", new Rules() {
                    @Override
                    public boolean mayOpen(SlicePlan plan, Collection<Boolean> free) {
                        return plan.isClosing();
                    }
                }));
    }

    @ParameterizedTest
    @MethodSource("mutants")
    void withoutAnyOneRuleTheSearchFindsAViolation(Rules mutant) {
        Search.Found found = new Search(new Bounds(2, 1, 2, 1, 2, 0), mutant).run();
        assertThat(found.violation()).isPresent();
        System.out.println(found.violation().get().replace("\n", "; "));
    }

    @ParameterizedTest
    @MethodSource("neverEnding")
    void withoutAWayOnTheSearchFindsThatNothingEverEnds(Rules mutant) {
        Search.Found found = new Search(new Bounds(2, 1, 0, 1, 2, 0), mutant).run();
        assertThat(found.violation()).isEmpty();
        assertThat(found.stuck()).isPresent();
    }

    static Stream<Named<Rules>> neverEnding() {
        return Stream.of(
                Named.of("nobody takes over from the dead", new Rules() {
                    @Override
                    public boolean mayTake(Incarnation taker, LeaseRow lease, NodeRow holder, Instant now) {
                        return lease.holder() == null;
                    }
                }),
                Named.of("nobody joins twice", new Rules() {
                    @Override
                    public boolean mayJoin(NodeRow row, Instant now) {
                        return row == null;
                    }
                }));
    }
}

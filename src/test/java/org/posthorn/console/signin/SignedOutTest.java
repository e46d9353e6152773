package org.posthorn.console.signin;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpSession;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.posthorn.platform.grid.Grid;

class SignedOutTest {

    /** One node's part of a grid: what it tells reaches those that it is joined with, if they listen. */
    private static final class FakeGrid extends Grid {

        private final List<FakeGrid> others = new ArrayList<>();
        private final List<String> told = new ArrayList<>();
        private final List<Consumer<String>> listeners = new ArrayList<>();
        private boolean on = true;
        private boolean there = true;

        @Override
        public boolean isOn() {
            return on;
        }

        @Override
        public int members() {
            return there ? 1 + others.size() : 0;
        }

        @Override
        public boolean tell(String topic, String text) {
            told.add(text);
            others.forEach(other -> other.listeners.forEach(listener -> listener.accept(text)));
            return there;
        }

        @Override
        public Optional<Runnable> listen(String topic, Consumer<String> listener) {
            if (!there) {
                return Optional.empty();
            }
            listeners.add(listener);
            return Optional.of(() -> listeners.remove(listener));
        }
    }

    private final FakeGrid hereGrid = new FakeGrid();
    private final FakeGrid thereGrid = new FakeGrid();
    private final SignedOut here = new SignedOut(hereGrid);
    private final SignedOut there = new SignedOut(thereGrid);

    private static HttpSession session(String id) {
        return (HttpSession) Proxy.newProxyInstance(
                SignedOutTest.class.getClassLoader(),
                new Class<?>[] {HttpSession.class},
                (proxy, method, arguments) -> {
                    assertThat(method.getName()).isEqualTo("getId");
                    return id;
                });
    }

    private void join() {
        hereGrid.others.add(thereGrid);
        thereGrid.others.add(hereGrid);
    }

    private void cut() {
        hereGrid.others.clear();
        thereGrid.others.clear();
    }

    private void look() {
        here.look();
        there.look();
    }

    @Test
    void sessionThatEndedShouldBeKnownToTheOtherNodesThatHaveServedOne() {
        join();
        assertThat(there.holds(session("a"))).isFalse();

        here.add(session("a"));

        assertThat(here.holds(session("a"))).isTrue();
        assertThat(there.holds(session("a"))).isTrue();
        assertThat(there.holds(session("b"))).isFalse();
    }

    @Test
    void identifierShouldNotLeaveTheNode() {
        here.add(session("secret"));

        assertThat(hereGrid.told).singleElement().asString().matches("[0-9a-f]{64}");
    }

    @Test
    void nodeThatWasCutOffShouldBeToldWhenItIsBack() {
        join();
        look();
        there.holds(session("a"));
        cut();
        look();
        here.add(session("a"));
        there.add(session("b"));
        assertThat(there.holds(session("a"))).isFalse();
        assertThat(here.holds(session("b"))).isFalse();

        join();
        look();
        look();

        assertThat(there.holds(session("a"))).isTrue();
        assertThat(here.holds(session("b"))).isTrue();
    }

    @Test
    void nodeThatListensALittleLateShouldBeToldOnceMore() {
        here.look();
        here.add(session("a"));
        join();
        here.look();

        assertThat(there.holds(session("a")))
                .as("which is when it begins to listen")
                .isFalse();
        here.look();

        assertThat(there.holds(session("a"))).isTrue();
    }

    @Test
    void gridThatHasNotGrownShouldHearNothingTwice() {
        join();
        look();
        look();
        here.add(session("a"));
        hereGrid.told.clear();

        for (int i = 0; i < 5; i++) {
            here.look();
        }

        assertThat(hereGrid.told).isEmpty();
    }

    @Test
    void onlyTheLatestShouldBeKeptAndToldInPieces() {
        here.look();
        IntStream.range(0, 10_500).forEach(i -> here.add(session("s" + i)));
        hereGrid.told.clear();
        join();
        there.holds(session("x"));

        here.look();

        assertThat(here.holds(session("s0"))).isFalse();
        assertThat(here.holds(session("s10499"))).isTrue();
        assertThat(there.holds(session("s500"))).isTrue();
        assertThat(there.holds(session("s10499"))).isTrue();
        assertThat(hereGrid.told).hasSize(40).allMatch(text -> text.length() < 20_000);
    }

    @Test
    void whatIsNoDigestShouldBeLeftOut() {
        join();
        there.holds(session("a"));

        for (String text : List.of("", ",", ",,,,", "a".repeat(64) + "x", "A".repeat(64), "x,".repeat(100_000))) {
            thereGrid.listeners.forEach(listener -> listener.accept(text));
        }

        assertThat(there.holds(session("a"))).isFalse();
        there.add(session("a"));
        assertThat(there.holds(session("a"))).isTrue();
    }

    @Test
    void nodeWithoutAGridShouldTellAndKeepNothing() {
        hereGrid.on = false;

        here.add(session("a"));
        here.look();

        assertThat(here.holds(session("a"))).isFalse();
        assertThat(hereGrid.told).isEmpty();
        assertThat(hereGrid.listeners).isEmpty();
    }

    @Test
    void gridThatComesLaterShouldBeListenedToThen() {
        hereGrid.there = false;
        assertThat(here.holds(session("a"))).isFalse();
        hereGrid.there = true;
        join();
        assertThat(here.holds(session("a"))).isFalse();

        there.add(session("a"));

        assertThat(here.holds(session("a"))).isTrue();
    }
}

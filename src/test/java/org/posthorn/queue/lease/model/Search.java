package org.posthorn.queue.lease.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Visits every state that can be reached, breadth first, so that a violation comes with a shortest way to it; then goes
 * back from the good states to see whether any state has no way to one. Of states that differ only in which node is
 * which, one is visited; so in a way that is told, a node may go under another's name from one step to the next.
 */
final class Search {

    private final Bounds bounds;
    private final Model model;
    private final int stride;

    private byte[] arena;
    private int[] table = new int[1 << 16];
    private int count;
    private int[] parents = new int[1 << 14];
    private int[] froms = new int[1 << 16];
    private int[] tos = new int[1 << 16];
    private int edges;

    Search(Bounds bounds, Rules rules) {
        this.bounds = bounds;
        this.model = new Model(bounds, rules);
        this.stride = State.size(bounds);
        this.arena = new byte[stride << 14];
    }

    /**
     * @param violation what must never be, if it can be, with the steps that lead there
     * @param stuck a state from which the good states cannot be reached, with the steps that lead there
     */
    record Found(int states, int steps, Optional<String> violation, Optional<String> stuck) {}

    Found run() {
        index(State.first(bounds).cells, -1);
        for (int at = 0; at < count; at++) {
            State state = state(at);
            for (Model.Step step : model.steps(state)) {
                if (step.violation().isPresent()) {
                    return new Found(
                            count,
                            edges,
                            Optional.of(step.violation().get() + "\n" + way(at) + step.name()),
                            Optional.empty());
                }
                edge(at, index(step.next().leastAlike(), at));
            }
        }
        return new Found(count, edges, Optional.empty(), stuck());
    }

    private State state(int at) {
        return new State(bounds, Arrays.copyOfRange(arena, at * stride, (at + 1) * stride));
    }

    private int index(byte[] cells, int parent) {
        int slot = hash(cells, 0) & table.length - 1;
        while (table[slot] != 0) {
            int at = table[slot] - 1;
            if (Arrays.equals(arena, at * stride, (at + 1) * stride, cells, 0, stride)) {
                return at;
            }
            slot = slot + 1 & table.length - 1;
        }
        if ((count + 1) * stride > arena.length) {
            arena = Arrays.copyOf(arena, Math.min(Integer.MAX_VALUE - 8, arena.length / 2 * 3));
        }
        if (count == parents.length) {
            parents = Arrays.copyOf(parents, count * 2);
        }
        System.arraycopy(cells, 0, arena, count * stride, stride);
        parents[count] = parent;
        table[slot] = ++count;
        if (count * 2 > table.length) {
            rehash();
        }
        return count - 1;
    }

    private void rehash() {
        table = new int[table.length * 2];
        for (int at = 0; at < count; at++) {
            int slot = hash(arena, at * stride) & table.length - 1;
            while (table[slot] != 0) {
                slot = slot + 1 & table.length - 1;
            }
            table[slot] = at + 1;
        }
    }

    private int hash(byte[] cells, int from) {
        long hash = 0xcbf29ce484222325L;
        for (int i = from; i < from + stride; i++) {
            hash = (hash ^ cells[i]) * 0x100000001b3L;
        }
        return (int) (hash ^ hash >>> 29);
    }

    private void edge(int from, int to) {
        if (edges == froms.length) {
            froms = Arrays.copyOf(froms, edges * 2);
            tos = Arrays.copyOf(tos, edges * 2);
        }
        froms[edges] = from;
        tos[edges++] = to;
    }

    private Optional<String> stuck() {
        int[] begins = new int[count + 1];
        for (int i = 0; i < edges; i++) {
            begins[tos[i] + 1]++;
        }
        for (int i = 0; i < count; i++) {
            begins[i + 1] += begins[i];
        }
        int[] before = new int[edges];
        int[] filled = Arrays.copyOf(begins, count);
        for (int i = 0; i < edges; i++) {
            before[filled[tos[i]]++] = froms[i];
        }
        boolean[] reaches = new boolean[count];
        ArrayDeque<Integer> todo = new ArrayDeque<>();
        for (int at = 0; at < count; at++) {
            if (model.isWell(state(at))) {
                reaches[at] = true;
                todo.add(at);
            }
        }
        while (!todo.isEmpty()) {
            int at = todo.remove();
            for (int i = begins[at]; i < begins[at + 1]; i++) {
                if (!reaches[before[i]]) {
                    reaches[before[i]] = true;
                    todo.add(before[i]);
                }
            }
        }
        for (int at = 0; at < count; at++) {
            if (!reaches[at]) {
                return Optional.of(way(at));
            }
        }
        return Optional.empty();
    }

    private String way(int at) {
        List<String> names = new ArrayList<>();
        for (int to = at; parents[to] >= 0; to = parents[to]) {
            byte[] cells = state(to).cells;
            names.add(model.steps(state(parents[to])).stream()
                    .filter(step -> Arrays.equals(step.next().leastAlike(), cells))
                    .findFirst()
                    .map(Model.Step::name)
                    .orElseThrow());
        }
        Collections.reverse(names);
        return String.join("\n", names) + (names.isEmpty() ? "" : "\n");
    }
}

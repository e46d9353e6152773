package org.posthorn.pipeline;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import org.posthorn.list.Recipient;
import org.posthorn.list.RosterPage;
import org.posthorn.pipeline.FanOut.Recipients;

/**
 * Several lists' recipients as one row of them, in the order of member ids: so one member id says how far a fan-out has
 * come, whatever lists there are. Holds a page of each at the most, and reads on only in the one that is furthest back.
 */
final class MergedRosters implements Recipients {

    /** A list's recipients, a page at a time. */
    @FunctionalInterface
    interface Pages {
        RosterPage after(long memberId, int members);
    }

    private final List<Roll> rolls;
    private long at = -1;

    MergedRosters(List<Pages> lists) {
        this.rolls = lists.stream().map(Roll::new).toList();
    }

    @Override
    public List<Recipient> after(long memberId, int limit) {
        if (memberId != at) {
            rolls.forEach(roll -> roll.startAfter(memberId));
        }
        List<Recipient> next = new ArrayList<>();
        while (next.size() < limit) {
            Roll behind = rolls.stream()
                    .min(Comparator.comparingLong(Roll::known))
                    .orElseThrow(() -> new IllegalStateException("there cannot be no list"));
            Roll first =
                    rolls.stream().min(Comparator.comparingLong(Roll::first)).orElseThrow();
            if (first.first() <= behind.known() && !first.read.isEmpty()) {
                next.add(first.read.remove());
            } else if (behind.last) {
                break;
            } else {
                behind.readOn(limit);
            }
        }
        at = next.isEmpty() ? memberId : next.get(next.size() - 1).memberId();
        return next;
    }

    /** One list's way through its roster. */
    private static final class Roll {

        private final Pages pages;
        private final Deque<Recipient> read = new ArrayDeque<>();
        private long readTo;
        private boolean last;

        Roll(Pages pages) {
            this.pages = pages;
        }

        void startAfter(long memberId) {
            read.clear();
            readTo = memberId;
            last = false;
        }

        void readOn(int members) {
            RosterPage page = pages.after(readTo, members);
            read.addAll(page.recipients());
            readTo = page.readTo();
            last = page.last();
        }

        /** Up to which member id all of its recipients are in hand. */
        long known() {
            return last ? Long.MAX_VALUE : readTo;
        }

        long first() {
            return read.isEmpty() ? Long.MAX_VALUE : read.element().memberId();
        }
    }
}

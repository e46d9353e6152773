package org.posthorn.delivery;

import org.posthorn.delivery.smtp.Fate;

/**
 * One recipient's settled fate, to be recorded.
 *
 * @param index its place in the chunk, from 0
 * @param smarthost who said so; empty when nobody was asked
 */
record Result(int index, boolean delivered, String smarthost, Fate fate) {

    boolean continues(Result before) {
        return index == before.index + 1
                && delivered == before.delivered
                && smarthost.equals(before.smarthost)
                && (fate.equals(before.fate)
                        || fate.code() == before.fate.code() && fate.status().equals(before.fate.status()));
    }
}

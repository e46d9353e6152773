package org.posthorn.queue.runner;

import java.time.Duration;

/** One entry's turn at a sending stage. */
final class SendingTurn implements SendingStage.Turn {

    /** After so long, others get their turn. */
    private static final Duration TURN = Duration.ofMillis(200);

    private final SliceRunner.Engine engine;
    private final RunnerSlot slot;
    private final Suspects.Work work;
    private final BegunNotes.Note note;
    private final org.posthorn.queue.lease.Fence fence;
    private final long began = System.nanoTime();

    SendingTurn(SliceRunner.Engine engine, RunnerSlot slot, Suspects.Work work, BegunNotes.Note note) {
        this.engine = engine;
        this.slot = slot;
        this.work = work;
        this.note = note;
        this.fence = engine.fence();
    }

    @Override
    public boolean mayGoOn() {
        return engine.holds().test(slot.lease());
    }

    @Override
    public boolean isOver() {
        return slot.isStopping() || System.nanoTime() - began > TURN.toNanos();
    }

    @Override
    public void fence() {
        fence.check(slot.lease());
    }

    @Override
    public void progressed() {
        note.progressed();
        work.share();
    }
}

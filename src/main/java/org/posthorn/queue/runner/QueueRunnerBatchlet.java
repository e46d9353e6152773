package org.posthorn.queue.runner;

import jakarta.batch.api.AbstractBatchlet;
import jakarta.batch.api.BatchProperty;
import jakarta.batch.runtime.context.JobContext;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;

/**
 * The one step of the job {@code queue-runner}: runs the slice's runner in the batch runtime's thread until the slice is
 * given up or there was nothing to do for a while.
 */
@Named("queueRunner")
@Dependent
public class QueueRunnerBatchlet extends AbstractBatchlet {

    private final Dispatcher dispatcher;
    private final JobContext job;

    @Inject
    @BatchProperty
    private String queue;

    @Inject
    @BatchProperty
    private String slice;

    @Inject
    @BatchProperty
    private String epoch;

    @Inject
    public QueueRunnerBatchlet(Dispatcher dispatcher, JobContext job) {
        this.dispatcher = dispatcher;
        this.job = job;
    }

    @Override
    public String process() {
        return dispatcher.run(queue, Integer.parseInt(slice), Long.parseLong(epoch), job.getExecutionId())
                ? "ENDED"
                : "NOT HELD";
    }

    /** Asked by the batch runtime (an administrator's stop); the lease stays, and new work starts a runner again. */
    @Override
    public void stop() {
        dispatcher.pause(queue, Integer.parseInt(slice));
    }
}

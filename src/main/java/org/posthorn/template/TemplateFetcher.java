package org.posthorn.template;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads that fetch templates, two at the most: never a request's and never a runner's. While both are at work and
 * a round waits, further calls are of no consequence: that round sees what they mean.
 */
@ApplicationScoped
public class TemplateFetcher implements TemplateSignal {

    private static final Logger LOG = System.getLogger(TemplateFetcher.class.getName());
    private static final int THREADS = 2;

    @Resource(lookup = "java:comp/DefaultManagedThreadFactory")
    private ManagedThreadFactory threads;

    private final TemplateRefresh refresh;
    private ThreadPoolExecutor pool;

    protected TemplateFetcher() {
        this(null);
    }

    @Inject
    public TemplateFetcher(TemplateRefresh refresh) {
        this.refresh = refresh;
    }

    @PostConstruct
    void begin() {
        pool = new ThreadPoolExecutor(
                THREADS, THREADS, 30, TimeUnit.SECONDS, new ArrayBlockingQueue<>(1), threads, (round, full) -> {});
        pool.allowCoreThreadTimeOut(true);
    }

    @Override
    public void wake() {
        pool.execute(this::round);
    }

    private void round() {
        try {
            refresh.run();
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "templates could not be refreshed", e);
        }
    }

    @PreDestroy
    void end() {
        pool.shutdownNow();
    }
}

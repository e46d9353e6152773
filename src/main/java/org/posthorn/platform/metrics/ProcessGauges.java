package org.posthorn.platform.metrics;

import jakarta.enterprise.context.ApplicationScoped;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.lang.management.OperatingSystemMXBean;

/** The process and its JVM. */
@ApplicationScoped
public class ProcessGauges implements GaugeSource {

    @Override
    public void gather(Gauges gauges) {
        gauges.set(Metric.UPTIME, ManagementFactory.getRuntimeMXBean().getUptime() / 1000.0);
        gauges.set(Metric.THREADS, ManagementFactory.getThreadMXBean().getThreadCount());
        memory(gauges, "heap", ManagementFactory.getMemoryMXBean().getHeapMemoryUsage());
        memory(gauges, "nonheap", ManagementFactory.getMemoryMXBean().getNonHeapMemoryUsage());
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            gauges.set(Metric.GC_TIME, collector.getCollectionTime() / 1000.0, collector.getName());
            gauges.set(Metric.GC_RUNS, collector.getCollectionCount(), collector.getName());
        }
        system(gauges, ManagementFactory.getOperatingSystemMXBean());
    }

    private static void memory(Gauges gauges, String area, MemoryUsage usage) {
        gauges.set(Metric.MEMORY_USED, usage.getUsed(), area);
        if (usage.getMax() > 0) {
            gauges.set(Metric.MEMORY_MAX, usage.getMax(), area);
        }
    }

    private static void system(Gauges gauges, OperatingSystemMXBean system) {
        if (system instanceof com.sun.management.UnixOperatingSystemMXBean unix) {
            gauges.set(Metric.CPU, unix.getProcessCpuTime() / 1e9);
            gauges.set(Metric.OPEN_FILES, unix.getOpenFileDescriptorCount());
            gauges.set(Metric.OPEN_FILES_MAX, unix.getMaxFileDescriptorCount());
        }
    }
}

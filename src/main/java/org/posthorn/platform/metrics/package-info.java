/**
 * Figures for Prometheus (text format 0.0.4). {@link org.posthorn.platform.metrics.Metric} is the table of all of them;
 * counters are recorded there, gauges come from beans that implement {@link
 * org.posthorn.platform.metrics.GaugeSource}. No label names a list, an address or a message.
 */
package org.posthorn.platform.metrics;

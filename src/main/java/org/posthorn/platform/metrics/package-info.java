/**
 * Figures for Prometheus (text format 0.0.4): counters that stages add to, gauges that are asked when somebody reads.
 * No label names a list or an address.
 */
package org.posthorn.platform.metrics;

/**
 * The lease protocol as a state space: nodes that stop between any two steps and go on later with what they knew, crashes,
 * lapses, takeovers, a new cut of the slices. Every reachable state is visited, and the decisions in it are those of
 * {@link org.posthorn.queue.lease.LeaseRules} and {@link org.posthorn.queue.lease.LeaseTimes}, the product's own.
 */
package org.posthorn.queue.lease.model;

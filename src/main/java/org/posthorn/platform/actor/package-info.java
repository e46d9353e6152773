/**
 * Who does what is being done, and what they may do. Each request is done by an {@link Actor}, bound to its thread; what
 * no request asked for (runners, timers, start) is done by {@link Actor#SYSTEM}. Operations say with {@link Needs} which
 * right they take; an interceptor asks before they begin.
 */
package org.posthorn.platform.actor;

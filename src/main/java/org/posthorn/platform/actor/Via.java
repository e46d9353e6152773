package org.posthorn.platform.actor;

/** The way by which somebody acts. */
public enum Via {
    /** Posthorn itself: runners, timers, start-up. */
    SYSTEM,
    CONSOLE,
    REST,
    MAIL
}

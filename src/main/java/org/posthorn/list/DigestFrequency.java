package org.posthorn.list;

/** How often a digest's volume number grows. */
public enum DigestFrequency {
    YEARLY,
    MONTHLY,
    QUARTERLY,
    WEEKLY,
    DAILY
}

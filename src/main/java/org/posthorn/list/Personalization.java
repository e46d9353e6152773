package org.posthorn.list;

/** Whether each member gets a copy of their own: not, with a reverse-path and footer of their own, or with their own To as well. */
public enum Personalization {
    NONE,
    INDIVIDUAL,
    FULL
}

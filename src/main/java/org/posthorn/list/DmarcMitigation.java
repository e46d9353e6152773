package org.posthorn.list;

/** What is done about a strict DMARC policy. */
public enum DmarcMitigation {
    NO_MITIGATION,
    MUNGE_FROM,
    WRAP_MESSAGE,
    REJECT,
    DISCARD
}

package org.posthorn.list;

/** What Reply-To says. */
public enum ReplyGoesTo {
    NO_MUNGING,
    POINT_TO_LIST,
    EXPLICIT_HEADER,
    EXPLICIT_HEADER_ONLY
}

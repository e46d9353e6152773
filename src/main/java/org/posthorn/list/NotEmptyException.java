package org.posthorn.list;

/** A domain that still has lists is not deleted unless that is asked for. */
public class NotEmptyException extends RefusedException {

    public NotEmptyException(String mailHost, long lists) {
        super("the domain " + shown(mailHost) + " still has " + lists + (lists == 1 ? " list" : " lists"));
    }
}

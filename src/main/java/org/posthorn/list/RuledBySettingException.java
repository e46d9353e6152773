package org.posthorn.list;

/** It cannot be changed here, since a setting outside of the database rules it. */
public class RuledBySettingException extends RefusedException {

    private final String variable;

    /** @param what e.g. "the account restadmin"; @param variable the setting */
    public RuledBySettingException(String what, String variable) {
        super(shown(what) + " can only be changed by the setting " + variable);
        this.variable = variable;
    }

    public String variable() {
        return variable;
    }
}

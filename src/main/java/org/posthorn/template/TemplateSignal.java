package org.posthorn.template;

/** Says that there is something to fetch. */
public interface TemplateSignal {

    /** Returns at once. */
    void wake();
}

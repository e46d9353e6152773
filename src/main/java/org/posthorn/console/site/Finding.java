package org.posthorn.console.site;

/**
 * Something that a postmaster should know of.
 *
 * @param look {@code bad} where mail does not flow, {@code amber} where somebody has to decide
 * @param href where to see to it
 */
public record Finding(String look, String text, String href) {

    public String getLook() {
        return look;
    }

    public String getText() {
        return text;
    }

    public String getHref() {
        return href;
    }
}

package org.posthorn.template;

import java.net.URI;
import java.time.Instant;

/**
 * Where a template is, and what became of fetching it.
 *
 * @param version another one after each change of where it is or with what it is fetched
 * @param contextName {@code site}, the domain or the list-id
 * @param username null: none; the password is shown nowhere
 * @param content the last copy; null: there is none
 * @param fetchedAt when that was made; null with it
 * @param triedAt when it was last tried; null: not yet
 * @param problem why the last try failed; null: it did not
 */
public record TemplateUri(
        long id,
        long version,
        String context,
        String contextName,
        TemplateName name,
        String uri,
        String username,
        String content,
        Instant fetchedAt,
        Instant triedAt,
        String problem) {

    /** What counts of it. */
    public enum State {
        /** Its address stands for Posthorn's own text. */
        BUILT_IN,
        /** It has not been tried yet. */
        WAITING,
        FETCHED,
        /** The copy counts, but it could not be fetched again. */
        STALE,
        /** There is no copy: it does not count. */
        FAILED
    }

    public State state() {
        if (isBuiltIn()) {
            return State.BUILT_IN;
        }
        if (problem != null) {
            return content == null ? State.FAILED : State.STALE;
        }
        return content == null ? State.WAITING : State.FETCHED;
    }

    /** Mailman's own texts: ours stand for them, and nothing is fetched. */
    public boolean isBuiltIn() {
        return uri.startsWith("mailman:");
    }

    /** @return the address; it was checked when it was stored */
    URI address() {
        return URI.create(uri);
    }

    @Override
    public String toString() {
        return "TemplateUri[" + context + " " + name.label() + " " + uri + "]";
    }
}

package org.posthorn.console.frame;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.stream.Stream;

/**
 * The fields of a form, compared with what stands there now. When others have saved meanwhile, nothing is saved, and
 * {@code <ph:conflict>} shows both versions; the reader chooses ({@code choose-…}) and sends the form once more.
 *
 * @param by who saved meanwhile; empty: not known
 */
public record Edits(List<Edit> all, String by) {

    public Edits {
        all = List.copyOf(all);
    }

    /** @param request with what the reader chose, where they have been asked before */
    public static Edits of(HttpServletRequest request, Edit... edits) {
        return new Edits(
                Stream.of(edits)
                        .map(edit -> "theirs".equals(request.getParameter("choose-" + edit.getId()))
                                ? edit.withTheirs()
                                : edit)
                        .toList(),
                "");
    }

    public Edits savedBy(String who) {
        return new Edits(all, who);
    }

    /** Whether somebody else saved first. */
    public boolean isConflict() {
        return all.stream().anyMatch(Edit::isTheirs);
    }

    /** What is to hold of a field. */
    public String result(String id) {
        return all.stream()
                .filter(edit -> edit.getId().equals(id))
                .map(Edit::getResult)
                .findFirst()
                .orElseThrow();
    }

    /** What was changed, be it by the reader, by others or by both. */
    public List<Edit> getDisputed() {
        return all.stream().filter(edit -> edit.isMine() || edit.isTheirs()).toList();
    }

    public List<Edit> getAll() {
        return all;
    }

    public String getBy() {
        return by.isEmpty() ? "–" : by;
    }
}

package org.posthorn.console.site;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.application.FacesMessage;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.List;

/**
 * An act on rows of a table. The button that is pressed has the name {@code act} and says as its value what is to be done
 * with which row ({@code discard 17}), and ticked rows come as {@code pick}: by their ids, never by their places, since
 * others change the table meanwhile.
 */
@RequestScoped
public class RowAct {

    private static final int MOST_PICKED = 1000;

    @Inject
    private FacesContext faces;

    @Inject
    private org.posthorn.console.frame.Act frame;

    /** @return the verb; empty when no button was pressed */
    public String verb() {
        return part(0);
    }

    /** @return what it is to be done with; empty: with the picked rows */
    public String on() {
        return part(1);
    }

    private String part(int number) {
        String pressed = faces.getExternalContext().getRequestParameterMap().getOrDefault("act", "");
        String[] parts = pressed.split(" ", 2);
        return number < parts.length ? parts[number] : "";
    }

    /** @return the ids that the act is for, be it one row's or those that are ticked */
    public List<Long> ids() {
        String[] picked =
                faces.getExternalContext().getRequestParameterValuesMap().getOrDefault("pick", new String[0]);
        return Arrays.stream(on().isEmpty() ? picked : new String[] {on()})
                .filter(id -> id.matches("[0-9]{1,18}"))
                .map(Long::valueOf)
                .distinct()
                .limit(MOST_PICKED)
                .toList();
    }

    /** It is done: shows the page at this path, which says so. */
    public void done(String path, String said) {
        frame.end(path, said);
    }

    /** It could not be done: says so above the page. */
    public void refused(String said) {
        refused(null, said);
    }

    /** @param status of the answer that shows the page once more */
    public void status(int status) {
        faces.getExternalContext().setResponseStatus(status);
    }

    /** @param field the input's id; null: above the page */
    public void refused(String field, String said) {
        faces.getExternalContext().setResponseStatus(422);
        faces.addMessage(field, new FacesMessage(FacesMessage.SEVERITY_ERROR, said, null));
        faces.validationFailed();
    }
}

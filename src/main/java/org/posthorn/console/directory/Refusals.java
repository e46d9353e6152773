package org.posthorn.console.directory;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.application.FacesMessage;
import jakarta.faces.component.UIInput;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletResponse;
import org.posthorn.console.frame.Done;
import org.posthorn.console.signin.Redirect;
import org.posthorn.console.text.Texts;

/** How an act ends: with words beside the field that was refused, or on another page that says what has been done. */
@RequestScoped
public class Refusals {

    @Inject
    private Texts texts;

    @Inject
    private FacesContext faces;

    @Inject
    private Done done;

    /** @param form the form's id; @param field the input's id; @param key of the text, with the value as its part */
    public void beside(String form, String field, String key, Object value) {
        if (faces.getViewRoot().findComponent(form + ":" + field) instanceof UIInput input) {
            input.setValid(false);
        }
        faces.addMessage(field, new FacesMessage(FacesMessage.SEVERITY_ERROR, texts.of(key, value), null));
    }

    /** Somebody else saved first: the page shows both versions. */
    public void conflict() {
        faces.getExternalContext().setResponseStatus(HttpServletResponse.SC_CONFLICT);
    }

    /** In the blink of an eye between reading and saving: the next press of the button shows it. */
    public void again() {
        conflict();
        faces.addMessage(null, new FacesMessage(FacesMessage.SEVERITY_ERROR, texts.get("settings.again"), null));
    }

    /** @param path where to go; @param key of what is said there, with the value as its part */
    public void leave(String path, String key, Object value) {
        done.say(texts.of(key, value));
        Redirect.to(path, (HttpServletResponse) faces.getExternalContext().getResponse());
        faces.responseComplete();
    }
}

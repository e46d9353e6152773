package org.posthorn.console.frame;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.application.FacesMessage;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletResponse;
import org.posthorn.console.signin.Redirect;
import org.posthorn.console.text.Texts;

/** How an act ends: on a page that says what was done, or on this one, which says what is wrong. */
@RequestScoped
public class Act {

    @Inject
    private FacesContext faces;

    @Inject
    private Done done;

    @Inject
    private Texts texts;

    /** @param path of this site, where to go on; @param words what was done */
    public void end(String path, String words) {
        done.say(words);
        Redirect.to(path, (HttpServletResponse) faces.getExternalContext().getResponse());
        faces.responseComplete();
    }

    /**
     * @param field the input's id; null: the whole form
     * @param key the text's
     */
    public void refuse(String field, String key) {
        refuseInWords(field, texts.get(key));
    }

    /** @param parts put into the text */
    public void refuse(String field, String key, Object... parts) {
        refuseInWords(field, org.posthorn.console.text.RoomTexts.text(texts.language(), key, parts));
    }

    /** Somebody else saved first: the page shows both versions. */
    public void conflict() {
        faces.getExternalContext().setResponseStatus(HttpServletResponse.SC_CONFLICT);
    }

    /** In the blink of an eye between reading and saving: the next press of the button shows it. */
    public void again() {
        conflict();
        refuse(null, "settings.again");
    }

    private void refuseInWords(String field, String words) {
        faces.addMessage(field, new FacesMessage(FacesMessage.SEVERITY_ERROR, words, words));
    }
}

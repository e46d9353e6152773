package org.posthorn.console.frame;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.application.FacesMessage;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;

/** What is said above a page's form. A page cannot ask for it by itself: its {@code null} arrives as an empty id. */
@Named
@RequestScoped
public class Problems {

    @Inject
    private FacesContext faces;

    /** What belongs to no field, in the order in which it was said. */
    public List<FacesMessage> getAbove() {
        return faces.getMessageList(null);
    }
}

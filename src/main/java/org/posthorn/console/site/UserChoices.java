package org.posthorn.console.site;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.model.SelectItem;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.stream.Stream;
import org.posthorn.console.text.Texts;

/** Which roles can be given, in words. */
@Named
@RequestScoped
public class UserChoices {

    @Inject
    private Texts texts;

    public List<SelectItem> getRoles() {
        return Stream.of("owner", "moderator", "domain-owner")
                .map(role -> new SelectItem(role, texts.get("users.role." + role)))
                .toList();
    }
}

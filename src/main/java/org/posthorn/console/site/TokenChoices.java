package org.posthorn.console.site;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.model.SelectItem;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.stream.Stream;
import org.posthorn.console.text.Texts;

/** How long a service account may be good for, in words. */
@Named
@RequestScoped
public class TokenChoices {

    @Inject
    private Texts texts;

    /** In days; 0 is for good. */
    public List<SelectItem> getDays() {
        return Stream.of("30", "90", "365", "0")
                .map(days -> new SelectItem(days, texts.get("tokens.days." + days)))
                .toList();
    }
}

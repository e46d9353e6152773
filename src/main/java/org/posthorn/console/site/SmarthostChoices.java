package org.posthorn.console.site;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.model.SelectItem;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.posthorn.console.text.Texts;
import org.posthorn.delivery.Selection;
import org.posthorn.delivery.Smarthost;
import org.posthorn.delivery.smtp.Tls;

/** What can be chosen for a smarthost, in words. */
@Named
@RequestScoped
public class SmarthostChoices {

    @Inject
    private Texts texts;

    public List<SelectItem> getTls() {
        return items("tls", Tls.values());
    }

    public List<SelectItem> getRole() {
        return items("role", Smarthost.Role.values());
    }

    public List<SelectItem> getTransport() {
        return items("transport", Smarthost.Transport.values());
    }

    public List<SelectItem> getSelect() {
        return items("select", Selection.values());
    }

    /** For how long it is to deliver now. */
    public List<SelectItem> getDeliverFor() {
        return SmarthostDelivery.FOR.stream()
                .map(value -> new SelectItem(value, texts.get("smarthosts.deliver-for." + value)))
                .toList();
    }

    private List<SelectItem> items(String field, Enum<?>[] constants) {
        return Arrays.stream(constants)
                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                .map(value -> new SelectItem(value, texts.get("smarthosts." + field + "." + value)))
                .toList();
    }
}

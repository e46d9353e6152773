package org.posthorn.console.door;

import jakarta.enterprise.inject.spi.CDI;
import jakarta.faces.application.ViewHandler;
import jakarta.faces.application.ViewHandlerWrapper;
import jakarta.faces.context.FacesContext;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * The addresses that Faces writes into pages: a form is sent to the address that the page was read at, its query
 * included, so that a page needs no state; links to other pages go to their addresses, with this page's parts filled in
 * ({@code /manage/_list-id/held} becomes this list's).
 */
public class OwnAddress extends ViewHandlerWrapper {

    private static final Pattern PART = Pattern.compile("/_([^/]+)");

    public OwnAddress(ViewHandler wrapped) {
        super(wrapped);
    }

    @Override
    public String getActionURL(FacesContext faces, String viewId) {
        Here here = CDI.current().select(Here.class).get();
        if (faces.getViewRoot() != null && viewId.equals(faces.getViewRoot().getViewId())) {
            return here.getAddress();
        }
        String path = viewId.replaceFirst("\\.xhtml$", "").replaceFirst("(^|/)index$", "$1");
        String filled = PART.matcher(path)
                .replaceAll(part -> "/"
                        + URLEncoder.encode(here.part(part.group(1)), StandardCharsets.UTF_8)
                                .replace("$", "\\$"));
        return filled.isEmpty() ? "/" : filled.length() > 1 ? filled.replaceFirst("/$", "") : filled;
    }
}

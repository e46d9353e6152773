package org.posthorn.console.held;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.posthorn.console.door.Here;
import org.posthorn.list.UnknownException;
import org.posthorn.mail.reading.SafeHtml;
import org.posthorn.moderation.HeldMessage;
import org.posthorn.moderation.HeldMessages;
import org.posthorn.moderation.HeldReading;
import org.posthorn.platform.Digests;

/**
 * A held post's HTML and its octets, each at an address of its own. The HTML comes cleaned, and in a sandbox all the same:
 * without scripts, forms, pictures or an origin, so that what cleaning might miss can do nothing either.
 */
@Named
@RequestScoped
public class HeldFiles {

    private static final String STYLE = """
            :root { color-scheme: light dark } body { font: 16px/1.5 system-ui, sans-serif; margin: 12px; overflow-wrap: anywhere }
            table { border-collapse: collapse; max-width: 100% } td, th { padding: 2px 6px; vertical-align: top }
            blockquote { margin: 0 0 0 8px; padding-left: 8px; border-left: 3px solid #8895a5 } pre { white-space: pre-wrap }""";

    private static final String POLICY = "sandbox; default-src 'none'; style-src 'sha256-" + hash(STYLE)
            + "'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

    @Inject
    private HeldReading reading;

    @Inject
    private HeldMessages held;

    @Inject
    private Here here;

    @Inject
    private FacesContext faces;

    public void html() throws IOException {
        String html = reading.open(here.listId(), requestId())
                .orElseThrow(() -> new UnknownException("held message", here.part("request")))
                .message()
                .html();
        HttpServletResponse response = response("text/html; charset=utf-8");
        response.setHeader("Content-Security-Policy", POLICY);
        response.setHeader("X-Frame-Options", "SAMEORIGIN");
        response.getOutputStream()
                .write(("<!DOCTYPE html><html><head><title>HTML</title><style>" + STYLE + "</style></head><body>"
                                + SafeHtml.of(html) + "</body></html>")
                        .getBytes(StandardCharsets.UTF_8));
        faces.responseComplete();
    }

    /** Never as a message, which a browser or a mail program might open by itself. */
    public void raw() throws IOException {
        HeldMessage post = held.find(here.listId(), requestId())
                .orElseThrow(() -> new UnknownException("held message", here.part("request")));
        HttpServletResponse response = response("text/plain; charset=utf-8");
        response.setHeader("Content-Disposition", "attachment; filename=\"held-" + post.requestId() + ".txt\"");
        response.setHeader("Content-Security-Policy", "sandbox; default-src 'none'");
        reading.write(here.listId(), post, response.getOutputStream());
        faces.responseComplete();
    }

    private HttpServletResponse response(String type) {
        HttpServletResponse response =
                (HttpServletResponse) faces.getExternalContext().getResponse();
        response.setContentType(type);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "no-referrer");
        return response;
    }

    private long requestId() {
        String request = here.part("request");
        return request.matches("[0-9]{1,18}") ? Long.parseLong(request) : 0;
    }

    private static String hash(String style) {
        return Base64.getEncoder().encodeToString(Digests.sha256().digest(style.getBytes(StandardCharsets.UTF_8)));
    }
}

package org.posthorn.console.attachments;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.posthorn.console.door.Here;
import org.posthorn.console.signin.Redirect;
import org.posthorn.list.UnknownException;
import org.posthorn.pipeline.attachment.Attachment;
import org.posthorn.pipeline.attachment.FetchAttachment;
import org.posthorn.platform.actor.Acting;
import org.posthorn.platform.actor.NotAllowedException;
import org.posthorn.platform.actor.Right;
import org.posthorn.platform.settings.Settings;
import org.posthorn.platform.web.ClientAddress;

/**
 * {@code /attachments/{token}}: an attachment, always as a file to be saved, never as something that a browser shows: its
 * sender may be anybody. What its sender calls it is its name, and not its type.
 */
@Named
@RequestScoped
public class AttachmentFile {

    @Inject
    private FetchAttachment attachments;

    @Inject
    private Here here;

    @Inject
    private Settings settings;

    @Inject
    private FacesContext faces;

    public void send() throws IOException {
        Attachment attachment = attachments
                .find(here.part("token"))
                .orElseThrow(() -> new UnknownException("attachment", here.part("token")));
        HttpServletResponse response =
                (HttpServletResponse) faces.getExternalContext().getResponse();
        switch (attachments.may(attachment)) {
            case YES -> send(attachment, response);
            case SIGN_IN ->
                Redirect.to("/login?next=" + URLEncoder.encode(here.getAddress(), StandardCharsets.UTF_8), response);
            case NO -> throw new NotAllowedException(Acting.current(), Right.SEE_MEMBERS);
        }
        faces.responseComplete();
    }

    private void send(Attachment attachment, HttpServletResponse response) throws IOException {
        if (!attachments.write(attachment, client(), () -> begin(attachment, response))) {
            response.setHeader("Retry-After", "30");
            response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        }
    }

    private String client() {
        return ClientAddress.of((HttpServletRequest) faces.getExternalContext().getRequest(), settings.trustedProxies())
                .getHostAddress();
    }

    private static OutputStream begin(Attachment attachment, HttpServletResponse response) throws IOException {
        response.setContentType("application/octet-stream");
        response.setContentLengthLong(attachment.sizeBytes());
        response.setHeader("Content-Disposition", disposition(attachment.name()));
        response.setHeader("Content-Security-Policy", "sandbox; default-src 'none'; frame-ancestors 'none'");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
        response.setHeader("Referrer-Policy", "no-referrer");
        return response.getOutputStream();
    }

    /** RFC 6266: a name in ASCII for all, and as it is for who knows RFC 8187. */
    static String disposition(String name) {
        String file = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1)
                .replaceAll("[\\p{Cntrl}\u202a-\u202e\u2066-\u2069]", "")
                .replaceAll("^\\.+", "")
                .strip();
        String known = file.isEmpty() ? "attachment" : file;
        String ascii = known.replaceAll("[^A-Za-z0-9 ._+-]", "_");
        String encoded = URLEncoder.encode(known, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A");
        return "attachment; filename=\"" + ascii + "\"; filename*=UTF-8''" + encoded;
    }
}

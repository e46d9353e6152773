package org.posthorn.api.wire;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.posthorn.platform.settings.Settings;

/** Absolute addresses of resources. They come from the public URL, never from what a request says of itself. */
@ApplicationScoped
public class Links {

    private final Settings settings;
    private final HttpServletRequest request;

    protected Links() {
        this(null, null);
    }

    /** @param request the present one, whichever that is: its path says which version of Mailman's API is spoken */
    @Inject
    public Links(Settings settings, HttpServletRequest request) {
        this.settings = settings;
        this.request = request;
    }

    /** The version of Mailman's API that this request speaks. */
    public ApiVersion version() {
        return ApiVersion.of(request.getRequestURI());
    }

    /** @param segments of the path after {@code /3.1} (or the version that this request speaks), not yet encoded */
    public String mailman(Object... segments) {
        return of("/" + version().number(), segments);
    }

    /** @param segments of the path after {@code /api}, not yet encoded */
    public URI site(Object... segments) {
        return URI.create(of("/api", segments));
    }

    private String of(String root, Object... segments) {
        StringBuilder url = new StringBuilder(settings.publicUrl()).append(root);
        for (Object segment : segments) {
            url.append('/')
                    .append(URLEncoder.encode(segment.toString(), StandardCharsets.UTF_8)
                            .replace("+", "%20")
                            .replace("%40", "@"));
        }
        return url.toString();
    }
}

package org.posthorn.api.wire;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.posthorn.platform.settings.Settings;

/** Absolute addresses of resources. They come from the public URL, never from what a request says of itself. */
@ApplicationScoped
public class Links {

    private final Settings settings;

    protected Links() {
        this(null);
    }

    @Inject
    public Links(Settings settings) {
        this.settings = settings;
    }

    /** @param segments of the path after {@code /3.1}, not yet encoded */
    public String mailman(Object... segments) {
        return of("/3.1", segments);
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

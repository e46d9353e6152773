package org.posthorn.api.guard;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;

/**
 * Refuses, before anything reads them, requests that no browser and no client of ours sends.
 *
 * <p>An address with {@code .} or {@code ..} between slashes: the container leads by the address without them, and
 * whoever looks at the address as it was sent sees another one. And a multipart body: the container keeps the parts of
 * each one that it reads, in memory or as files, for as long as it runs. Files come as bodies of their own.
 */
public class PlainRequests extends HttpFilter {

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (hasDots(request.getRequestURI())) {
            response.sendError(HttpServletResponse.SC_BAD_REQUEST);
        } else if (isMultipart(request.getContentType())) {
            response.sendError(HttpServletResponse.SC_UNSUPPORTED_MEDIA_TYPE);
        } else {
            chain.doFilter(request, response);
        }
    }

    static boolean isMultipart(String contentType) {
        return contentType != null
                && contentType.strip().toLowerCase(Locale.ROOT).startsWith("multipart/");
    }

    /** @param uri as it was sent */
    static boolean hasDots(String uri) {
        return Arrays.stream(decoded(uri).split("/"))
                .map(segment -> segment.contains(";") ? segment.substring(0, segment.indexOf(';')) : segment)
                .anyMatch(segment -> segment.equals(".") || segment.equals(".."));
    }

    /** What a container may take for a dot or a slash; the rest does not matter here, and may be no encoding at all. */
    private static String decoded(String uri) {
        return uri.replaceAll("(?i)%2e", ".").replaceAll("(?i)%2f", "/");
    }
}

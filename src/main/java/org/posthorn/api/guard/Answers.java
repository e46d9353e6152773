package org.posthorn.api.guard;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.posthorn.api.wire.Problem;

/** Writes an error where JAX-RS is not reached. */
final class Answers {

    private Answers() {}

    static void send(HttpServletRequest request, HttpServletResponse response, Problem problem) throws IOException {
        boolean mailman = Problem.isMailman(request.getRequestURI());
        byte[] body =
                (mailman ? problem.asMailman() : problem.asProblem()).toString().getBytes(StandardCharsets.UTF_8);
        response.setStatus(problem.status());
        response.setContentType(mailman ? "application/json" : Problem.MEDIA_TYPE);
        if (problem.status() == HttpServletResponse.SC_SERVICE_UNAVAILABLE) {
            response.setHeader("Retry-After", "5");
        }
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}

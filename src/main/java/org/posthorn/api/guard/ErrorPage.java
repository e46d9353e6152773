package org.posthorn.api.guard;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.posthorn.api.wire.Problem;

/** What the container shows for an error that neither a resource nor the console answered (the console has a page of its own): no more than the status in words. */
public class ErrorPage extends HttpServlet {

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        int status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code ? code : 404;
        String path = String.valueOf(request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI));
        Problem problem = new Problem(status, status + " " + new Problem(status, "").title());
        response.setStatus(status);
        if (Problem.isMailman(path) || path.startsWith("/api/")) {
            boolean mailman = Problem.isMailman(path);
            response.setContentType(mailman ? "application/json" : Problem.MEDIA_TYPE);
            write(response, (mailman ? problem.asMailman() : problem.asProblem()).toString());
            return;
        }
        response.setContentType("text/html; charset=utf-8");
        write(
                response,
                html(
                        problem.description(),
                        status == 503 ? "The database does not answer. Try again in a moment." : ""));
    }

    private static void write(HttpServletResponse response, String text) throws IOException {
        response.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String html(String title, String text) {
        return """
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>%s · Posthorn</title>
                <link rel="stylesheet" href="/static/posthorn.css">
                </head>
                <body>
                <main>
                <h1>%s</h1>
                <p>%s</p>
                <p><a href="/">Posthorn</a></p>
                </main>
                </body>
                </html>
                """.formatted(title, title, text);
    }
}

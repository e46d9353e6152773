package org.posthorn.api.monitor;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;

/** {@code /openapi}: the description of what is served under {@code /3.1} and {@code /api}. */
public class OpenApiServlet extends HttpServlet {

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try (InputStream description = OpenApiServlet.class.getResourceAsStream("openapi.yaml")) {
            response.setContentType("application/yaml; charset=utf-8");
            description.transferTo(response.getOutputStream());
        }
    }
}

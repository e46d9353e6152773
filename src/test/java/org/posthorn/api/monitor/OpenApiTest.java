package org.posthorn.api.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Application;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.posthorn.api.MailmanApplication;
import org.posthorn.api.SiteApplication;

/** What /openapi says is what there is. */
class OpenApiTest {

    private static final Pattern PATH = Pattern.compile("^  (/(?:3\\.1|api)/\\S*):$");
    private static final Pattern METHOD = Pattern.compile("^    (get|post|put|patch|delete):$");

    @Test
    void descriptionShouldNameEachResourceWithItsMethodsAndNoOthers() throws IOException {
        SortedSet<String> there = new TreeSet<>();
        there.addAll(resources("/3.1", new MailmanApplication()));
        there.addAll(resources("/api", new SiteApplication()));

        assertThat(described()).containsExactlyElementsOf(there);
    }

    private static SortedSet<String> described() throws IOException {
        SortedSet<String> described = new TreeSet<>();
        try (InputStream yaml = OpenApiServlet.class.getResourceAsStream("openapi.yaml")) {
            String path = "";
            for (String line : new String(yaml.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                Matcher resource = PATH.matcher(line);
                Matcher method = METHOD.matcher(line);
                if (line.startsWith("  /")) {
                    path = resource.matches() ? resource.group(1) : "";
                } else if (method.matches() && !path.isEmpty()) {
                    described.add(named(path) + " " + method.group(1));
                }
            }
        }
        return described;
    }

    private static SortedSet<String> resources(String root, Application application) {
        SortedSet<String> resources = new TreeSet<>();
        for (Class<?> type : application.getClasses()) {
            if (type.isAnnotationPresent(Path.class)) {
                for (Method method : type.getMethods()) {
                    for (Annotation annotation : method.getAnnotations()) {
                        HttpMethod http = annotation.annotationType().getAnnotation(HttpMethod.class);
                        if (http != null) {
                            String sub = method.isAnnotationPresent(Path.class)
                                    ? "/" + method.getAnnotation(Path.class).value()
                                    : "";
                            resources.add(named(root + "/"
                                            + type.getAnnotation(Path.class).value() + sub) + " "
                                    + http.value().toLowerCase(Locale.ROOT));
                        }
                    }
                }
            }
        }
        return resources;
    }

    /** What a parameter is called says nothing to a client, nor what it looks like. */
    private static String named(String path) {
        return path.replaceAll("\\{[^}]*}", "{}").replaceAll("/+", "/");
    }
}

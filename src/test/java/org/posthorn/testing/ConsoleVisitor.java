package org.posthorn.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.FormElement;

/** Somebody who reads the console and sends its forms without a browser: quicker, and at any time they like. Has cookies of their own. */
public final class ConsoleVisitor {

    private final String base;
    /** As a browser has them; Java's own takes each cookie whose name ends in "version" for one of RFC 2965. */
    private final Map<String, String> cookies = new ConcurrentHashMap<>();

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    public ConsoleVisitor(int port) {
        base = "http://localhost:" + port;
    }

    /** Somebody who has got hold of all cookies of another as they are now, and sends them to this port. */
    public ConsoleVisitor twinAt(int port) {
        ConsoleVisitor twin = new ConsoleVisitor(port);
        twin.cookies.putAll(cookies);
        return twin;
    }

    /** What was answered. */
    public record Answer(int status, HttpHeaders headers, String body) {

        public Document html() {
            return Jsoup.parse(body);
        }

        /** Where it leads to; empty: nowhere. */
        public String location() {
            return headers.firstValue("Location").orElse("");
        }
    }

    /** A page's form as it was shown, to be filled in and sent later. */
    public static final class Form {

        private final String path;
        private final FormElement form;
        private final List<String> more = new ArrayList<>();

        private Form(String path, FormElement form) {
            this.path = path;
            this.form = form;
        }

        /** @param id of a text field */
        public Form fill(String id, String value) {
            form.selectFirst("#" + id).val(value);
            return this;
        }

        /** @param id of a list of choices */
        public Form select(String id, String value) {
            form.select("#" + id + " option").forEach(each -> each.removeAttr("selected"));
            form.selectFirst("#" + id + " option[value=" + value + "]").attr("selected", "selected");
            return this;
        }

        /** @param id of a box */
        public Form tick(String id, boolean on) {
            if (on) {
                form.selectFirst("#" + id).attr("checked", "checked");
            } else {
                form.selectFirst("#" + id).removeAttr("checked");
            }
            return this;
        }

        /** @param id of a choice's radio button */
        public Form choose(String name, String value) {
            form.select("input[name=" + name + "]").forEach(each -> each.removeAttr("checked"));
            form.selectFirst("input[name=" + name + "][value=" + value + "]").attr("checked", "checked");
            return this;
        }

        private String encoded(String button) {
            form.select("input[type=submit]").forEach(each -> each.attr("disabled", "disabled")); // only one is pressed
            form.formData().forEach(pair -> more.addAll(List.of(pair.key(), pair.value())));
            more.addAll(List.of(button, button));
            return Rest.encoded(more.toArray(String[]::new));
        }
    }

    public ConsoleVisitor signIn(String name, String password) {
        Answer answer = send(form("/login", "login").fill("name", name).fill("password", password), "submit");
        if (answer.status() != 303) {
            throw new AssertionError("not signed in: " + answer.status());
        }
        return this;
    }

    /** @return the value of their cookie of that name; empty when they have none */
    public String cookie(String name) {
        return cookies.getOrDefault(name, "");
    }

    /** Has a cookie that somebody planted in their browser. */
    public ConsoleVisitor with(String name, String value) {
        cookies.put(name, value);
        return this;
    }

    private void keep(String setCookie) {
        String[] parts = setCookie.split(";", 2);
        String[] pair = parts[0].strip().split("=", 2);
        boolean over = setCookie.contains("Max-Age=0") || setCookie.contains("1970");
        if (over || pair.length < 2 || pair[1].isEmpty()) {
            cookies.remove(pair[0]);
        } else {
            cookies.put(pair[0], pair[1]);
        }
    }

    public Answer open(String path) {
        return send(request(path).GET());
    }

    /** @param id of a form on the page */
    public Form form(String path, String id) {
        return form(path, open(path), id);
    }

    /** @param answer that shows the page of this path */
    public static Form form(String path, Answer answer, String id) {
        if (answer.html().getElementById(id) instanceof FormElement form) {
            return new Form(path, form);
        }
        throw new AssertionError("no form " + id + " at " + path + ": " + answer.status());
    }

    /** @param button the name of the one that is pressed */
    public Answer send(Form form, String button) {
        return post(
                form.path,
                "application/x-www-form-urlencoded",
                HttpRequest.BodyPublishers.ofString(form.encoded(button)));
    }

    public Answer post(String path, String type, HttpRequest.BodyPublisher body) {
        return send(request(path).header("Content-Type", type).POST(body));
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(base + path)).timeout(Duration.ofSeconds(60));
        if (!cookies.isEmpty()) {
            request.header(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                            .collect(Collectors.joining("; ")));
        }
        return request;
    }

    private Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response =
                    http.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            response.headers().allValues("Set-Cookie").forEach(this::keep);
            return new Answer(response.statusCode(), response.headers(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}

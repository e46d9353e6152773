package org.posthorn.endtoend;

import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.posthorn.api.MailmanApplication;
import org.posthorn.list.ConfigAttribute;
import org.posthorn.list.ConfigAttributes;
import org.posthorn.template.TemplateName;
import org.posthorn.testing.Rest;
import org.posthorn.testing.Rest.Answer;

/** Each write of Mailman's API, and the site on which it finds what it is about: only what a row names is made. */
final class MailmanWrites {

    /** Method, path, what shows the state that the write depends on (= the same path, - nothing yet), body. */
    private static final String TABLE = """
            POST    domains                                   =                          mail_host=new.{domain}
            PATCH   domains/{domain}                          =                          description=new
            PUT     domains/{domain}                          =                          description=new&alias_domain=&owner=zoe@{domain}
            DELETE  domains/{domain}                          =
            POST    domains/{domain}/owners                   =                          owner=zoe@{domain}
            DELETE  domains/{owned-domain}/owners             =
            PATCH   domains/{domain}/uris                     =                          list:user:notice:hold=mailman:///x
            PUT     domains/{domain}/uris                     =                          {all-templates}
            DELETE  domains/{domain}/uris                     =
            PATCH   domains/{domain}/uris/{domain-template}   =                          uri=mailman:///new
            PUT     domains/{domain}/uris/{domain-template}   =                          uri=mailman:///new
            PUT     domains/{domain}/uris/{new-template}      -                          uri=mailman:///new
            DELETE  domains/{domain}/uris/{domain-template}   =
            POST    lists                                     =                          fqdn_listname=bee@{domain}
            DELETE  lists/{list}                              =
            PATCH   lists/{list}/archivers                    =
            PUT     lists/{list}/archivers                    =
            POST    lists/{list}/bans                         =                          email=new@{domain}
            DELETE  lists/{list}/bans/{list-ban}              =
            PATCH   lists/{list}/config                       =                          info=new
            PUT     lists/{list}/config                       =                          {config}
            PATCH   lists/{list}/config/{attribute}           =                          acceptable_aliases=new@{domain}
            PATCH   lists/{list}/config/{attribute}           lists/{list}/config        acceptable_aliases=new@{domain}
            PUT     lists/{list}/config/{attribute}           =                          acceptable_aliases=new@{domain}
            DELETE  lists/{list}/config/{attribute}           =
            POST    lists/{list}/digest                       =                          bump=yes
            POST    lists/{list}/header-matches               =                          header=x-new&pattern=y
            DELETE  lists/{matching-list}/header-matches      =
            PATCH   lists/{matching-list}/header-matches/0    =                          tag=new
            PUT     lists/{matching-list}/header-matches/0    =                          header=x-new&pattern=y
            DELETE  lists/{matching-list}/header-matches/0    =
            POST    lists/{list}/held/{held}                  =                          action=discard
            POST    lists/{list}/requests/{token}             =                          action=discard
            DELETE  lists/{list}/roster/member                =                          emails={email}
            PATCH   lists/{list}/member/{email}               =                          moderation_action=hold
            DELETE  lists/{list}/member/{email}               =
            PATCH   lists/{list}/member/{email}/preferences   =                          hide_address=no
            PUT     lists/{list}/member/{email}/preferences   =                          {preferences}
            DELETE  lists/{list}/member/{email}/preferences   =
            PATCH   lists/{list}/uris                         =                          list:user:notice:hold=mailman:///x
            PUT     lists/{list}/uris                         =                          {all-templates}
            DELETE  lists/{list}/uris                         =
            PATCH   lists/{list}/uris/{list-template}         =                          uri=mailman:///new
            PUT     lists/{list}/uris/{list-template}         =                          uri=mailman:///new
            DELETE  lists/{list}/uris/{list-template}         =
            POST    members                                   =                          list_id={list}&subscriber=new@{domain}
            PATCH   members/{member}                          =                          moderation_action=hold
            DELETE  members/{member}                          =
            PATCH   members/{member}/preferences              =                          hide_address=no
            PUT     members/{member}/preferences              =                          {preferences}
            DELETE  members/{member}/preferences              =
            POST    users                                     =                          email=new@{domain}
            PATCH   users/{user}                              =                          display_name=new
            PUT     users/{user}                              =                          display_name=new&cleartext_password=new
            DELETE  users/{user}                              =
            POST    users/{user}/addresses                    =                          email=new@{domain}
            POST    users/{user}/preferred_address            -                          email={email}
            POST    users/{preferring}/preferred_address      =                          email={email}
            DELETE  users/{preferring}/preferred_address      =
            PATCH   users/{user}/preferences                  =                          hide_address=no
            PUT     users/{user}/preferences                  =                          {preferences}
            DELETE  users/{user}/preferences                  =
            PATCH   addresses/{email}                         =                          display_name=new
            DELETE  addresses/{email}                         =
            POST    addresses/{email}/verify                  addresses/{email}
            POST    addresses/{email}/unverify                addresses/{email}
            PATCH   addresses/{email}/preferences             =                          hide_address=no
            PUT     addresses/{email}/preferences             =                          {preferences}
            DELETE  addresses/{email}/preferences             =
            POST    addresses/{nobodys}/user                  -                          display_name=new
            PUT     addresses/{email}/user                    =                          display_name=new
            DELETE  addresses/{email}/user                    =
            POST    bans                                      =                          email=new@{domain}
            DELETE  bans/{site-ban}                           =
            PATCH   uris                                      =                          list:user:notice:hold=mailman:///x
            PUT     uris                                      =                          {all-templates}
            DELETE  uris                                      =
            PATCH   uris/{site-template}                      =                          uri=mailman:///new
            PUT     uris/{site-template}                      =                          uri=mailman:///new
            DELETE  uris/{site-template}                      =
            POST    queues/in                                 =                          list_id={list}&text=Subject: x
            DELETE  queues/archive/{file}                     =
            """;

    private static final String TEMPLATE = "list:user:notice:welcome";
    private static final Pattern NAME = Pattern.compile("\\{([a-z-]+)}");

    /** One row of the table. */
    record Write(String method, String path, String shownAt, String body) {

        static Write of(String row) {
            String[] columns = row.strip().split("\\s{2,}");
            String shownAt = columns[2].equals("=") ? columns[1] : columns[2];
            return new Write(columns[0], columns[1], shownAt, columns.length > 3 ? columns[3] : "");
        }

        /** Whether GET shows nothing before the write. */
        boolean isFirst() {
            return shownAt.equals("-");
        }

        @Override
        public String toString() {
            return method + " " + path + (isFirst() ? " (first)" : "");
        }
    }

    static List<Write> all() {
        return TABLE.lines().map(Write::of).toList();
    }

    /** @return method and path of each write that there is */
    static SortedSet<String> there() {
        SortedSet<String> there = new TreeSet<>();
        for (Class<?> type : new MailmanApplication().getClasses()) {
            if (type.isAnnotationPresent(Path.class)) {
                String root = "/" + type.getAnnotation(Path.class).value();
                for (Method method : type.getMethods()) {
                    Path sub = method.getAnnotation(Path.class);
                    String path = (root + (sub == null ? "" : "/" + sub.value())).replaceAll(": ?[^}]*}", "}");
                    Arrays.stream(method.getAnnotations())
                            .map(annotation -> annotation.annotationType().getAnnotation(HttpMethod.class))
                            .filter(http -> http != null && !http.value().equals("GET"))
                            .forEach(http -> there.add(http.value() + " " + path));
                }
            }
        }
        return there;
    }

    private final Rest rest;
    private final String domain;
    private final Map<String, Supplier<String>> makers = new LinkedHashMap<>();
    private final Map<String, String> made = new LinkedHashMap<>();

    /**
     * @param domain the site's, which nobody else uses
     * @param held holds a post to the list at the address given, and says its number
     * @param file puts an entry into the queue {@code archive}, on which nobody works, and says its number
     */
    MailmanWrites(Rest rest, String domain, Supplier<String> held, Supplier<String> file) {
        this.rest = rest;
        this.domain = domain;
        String email = "ann@" + domain;
        makers.put("domain", () -> having(domain, "/domains", "mail_host", domain));
        makers.put("owned-domain", () -> having(got("domain"), "/domains/" + domain + "/owners", "owner", email));
        makers.put("list", () -> {
            got("domain");
            return having("ant." + domain, "/lists", "fqdn_listname", "ant@" + domain);
        });
        makers.put(
                "matching-list", () -> having(got("list"), listPath("header-matches"), "header", "x", "pattern", "y"));
        makers.put("attribute", () -> "acceptable_aliases");
        makers.put("list-ban", () -> having("spam@" + domain, listPath("bans"), "email", "spam@" + domain));
        makers.put("site-ban", () -> having("spam@" + domain, "/bans", "email", "spam@" + domain));
        makers.put("domain-template", () -> template("/domains/" + got("domain") + "/uris"));
        makers.put("list-template", () -> template(listPath("uris")));
        makers.put("site-template", () -> template("/uris"));
        makers.put("new-template", () -> "list:user:notice:goodbye");
        makers.put(
                "all-templates",
                () -> TemplateName.labels().stream()
                        .map(name -> name + "=mailman:///x")
                        .collect(Collectors.joining("&")));
        makers.put("config", this::config);
        makers.put(
                "preferences",
                () -> "acknowledge_posts=no&delivery_mode=regular&delivery_status=enabled&hide_address=no"
                        + "&preferred_language=de&receive_list_copy=no&receive_own_postings=no");
        makers.put("email", () -> {
            got("user");
            return email;
        });
        makers.put(
                "user",
                () -> last(rest.get("/" + "members/" + got("member")).json().getString("user")));
        makers.put("preferring", () -> {
            ok(rest.send("POST", "/addresses/" + got("email") + "/verify"));
            return having(got("user"), "/users/" + got("user") + "/preferred_address", "email", email);
        });
        makers.put("nobodys", () -> {
            ok(rest.send("DELETE", "/addresses/" + got("email") + "/user"));
            return email;
        });
        makers.put(
                "member",
                () -> last(ok(rest.form(
                                "POST",
                                "/members",
                                "list_id",
                                got("list"),
                                "subscriber",
                                email,
                                "pre_verified",
                                "yes",
                                "pre_confirmed",
                                "yes"))
                        .header("Location")
                        .orElseThrow()));
        makers.put(
                "token",
                () -> ok(rest.form("POST", "/members", "list_id", got("list"), "subscriber", "bob@" + domain))
                        .json()
                        .getString("token"));
        makers.put("held", held);
        makers.put("file", file);
    }

    private String listPath(String sub) {
        return "/lists/" + got("list") + "/" + sub;
    }

    private String template(String uris) {
        ok(rest.form("PATCH", uris, TEMPLATE, "mailman:///old"));
        return TEMPLATE;
    }

    private String having(String what, String path, String... form) {
        ok(rest.form("POST", path, form));
        return what;
    }

    private static Answer ok(Answer answer) {
        if (answer.status() / 100 != 2) {
            throw new AssertionError(answer.status() + " " + answer.body());
        }
        return answer;
    }

    private static String last(String url) {
        return url.substring(url.lastIndexOf('/') + 1);
    }

    private String config() {
        JsonObjectBuilder writable = Json.createObjectBuilder();
        rest.get(listPath("config")).json().forEach((name, value) -> {
            if (ConfigAttributes.all().stream()
                    .filter(ConfigAttribute::isWritable)
                    .anyMatch(attribute -> attribute.name().equals(name))) {
                writable.add(name, value);
            }
        });
        return writable.add("info", "new").build().toString();
    }

    private String got(String name) {
        String there = made.get(name);
        if (there == null) {
            there = makers.get(name).get();
            made.put(name, there);
        }
        return there;
    }

    /** @return the text with what it names, which is there now */
    String filled(String text) {
        Matcher names = NAME.matcher(text);
        StringBuilder filled = new StringBuilder();
        while (names.find()) {
            names.appendReplacement(filled, Matcher.quoteReplacement(got(names.group(1))));
        }
        return names.appendTail(filled).toString();
    }
}

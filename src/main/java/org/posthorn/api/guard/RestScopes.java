package org.posthorn.api.guard;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.posthorn.platform.actor.Scope;

/**
 * What a service account needs for a request, coarsely, by method and path. To read takes READ, or the scope of the
 * thing; to change takes the scope of the thing. A path that stands in no line here takes SITE, so that what somebody
 * adds and forgets is refused, not open. The operations then ask more exactly.
 */
final class RestScopes {

    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");
    private static final Set<String> OF_PEOPLE = Set.of("members", "users", "addresses");
    private static final Set<String> OF_LISTS =
            Set.of("lists", "domains", "bans", "header-matches", "uris", "templates");
    private static final Set<String> DECISIONS = Set.of("held", "requests", "simulator");
    private static final Set<String> ROSTERS = Set.of(
            "roster", "member", "members", "owner", "owners", "moderator", "moderators", "nonmember", "nonmembers");

    private RestScopes() {}

    /** @param uri as requested, still encoded; @return each of which is enough */
    static Set<Scope> enough(String method, String uri) {
        List<String> path = segments(uri);
        Scope thing = thing(path);
        if (path.contains(".") || path.contains("..")) {
            return EnumSet.of(Scope.SITE);
        }
        boolean find = method.equals("POST")
                && path.size() == 3
                && path.get(0).startsWith("3.")
                && path.get(2).equals("find");
        return READING.contains(method) || find ? EnumSet.of(thing, Scope.READ) : EnumSet.of(thing);
    }

    private static Scope thing(List<String> path) {
        if (path.size() < 2) {
            return Scope.SITE;
        }
        String root = path.get(0);
        String kind = path.get(1);
        if (root.equals("api")) {
            return kind.equals("lists") ? ofList(path) : Scope.SITE;
        }
        if (!root.equals("3.0") && !root.equals("3.1")) {
            return Scope.SITE;
        }
        if (kind.equals("lists")) {
            return ofList(path);
        }
        return OF_PEOPLE.contains(kind) ? Scope.MEMBERS : OF_LISTS.contains(kind) ? Scope.LISTS : Scope.SITE;
    }

    /** Of {@code …/lists/{list-id}/…}. */
    private static Scope ofList(List<String> path) {
        String part = path.size() < 4 ? "" : path.get(3);
        return DECISIONS.contains(part) ? Scope.MODERATION : ROSTERS.contains(part) ? Scope.MEMBERS : Scope.LISTS;
    }

    /** As JAX-RS reads it: decoded, without matrix parameters and empty parts. */
    private static List<String> segments(String uri) {
        return Stream.of(uri.split("/"))
                .map(part -> part.contains(";") ? part.substring(0, part.indexOf(';')) : part)
                .map(RestScopes::decoded)
                .filter(part -> !part.isEmpty())
                .toList();
    }

    private static String decoded(String part) {
        try {
            return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return part;
        }
    }
}

package org.posthorn.platform.settings;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.posthorn.platform.actor.Scope;

/**
 * A service account as {@code POSTHORN_API_USERS} names it: {@code name:password}, both percent-encoded, and
 * {@code ?scopes=read,members} where it may not do everything.
 *
 * @param scopes never empty
 */
public record ApiUser(String name, String password, Set<Scope> scopes) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    public ApiUser {
        scopes = Set.copyOf(scopes);
    }

    /**
     * @throws IllegalArgumentException with what is allowed as its message, which never repeats the value
     */
    static ApiUser parse(String text) {
        int query = text.indexOf('?');
        String[] login = (query < 0 ? text : text.substring(0, query)).split(":", -1);
        check(
                login.length == 2,
                "name:password, comma-separated, both percent-encoded, each with ?scopes=… if need be");
        String name = decoded(login[0]);
        check(
                NAME.matcher(name).matches(),
                "a name of a letter or digit, then letters, digits, dot, hyphen and underscore, 64 at most");
        String password = decoded(login[1]);
        check(password.length() >= 8 && password.length() <= 200, "a password of 8 to 200 characters for " + name);
        return new ApiUser(name, password, query < 0 ? EnumSet.allOf(Scope.class) : scopes(text.substring(query + 1)));
    }

    private static Set<Scope> scopes(String query) {
        String known = Arrays.stream(Scope.values())
                .map(scope -> scope.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
        check(query.startsWith("scopes="), "the option scopes alone");
        Set<Scope> scopes = EnumSet.noneOf(Scope.class);
        for (String word : query.substring("scopes=".length()).split(",", -1)) {
            scopes.add(Arrays.stream(Scope.values())
                    .filter(scope -> scope.name().equalsIgnoreCase(word.strip()))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("scopes= some of " + known)));
        }
        return scopes;
    }

    private static String decoded(String text) {
        // Percent-encoding as in any URL: a plus is a plus.
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // Its message repeats a part of the password.
            throw new IllegalArgumentException("name and password percent-encoded, as in a URL");
        }
    }

    private static void check(boolean holds, String allowed) {
        if (!holds) {
            throw new IllegalArgumentException(allowed);
        }
    }

    @Override
    public String toString() {
        return "ApiUser[" + name + "]";
    }
}

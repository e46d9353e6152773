package org.posthorn.api.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.posthorn.platform.actor.Scope;

class RestScopesTest {

    @ParameterizedTest
    @CsvSource({
        "GET,    /3.1/lists,                               READ LISTS",
        "HEAD,   /3.1/lists/a.example.org,                 READ LISTS",
        "POST,   /3.1/lists,                               LISTS",
        "POST,   /3.1/lists/find,                          READ LISTS",
        "PATCH,  /3.1/lists/a.example.org/config,          LISTS",
        "DELETE, /3.1/lists/a.example.org,                 LISTS",
        "PUT,    /3.0/lists/a.example.org/archivers,       LISTS",
        "GET,    /3.1/lists/a.example.org/roster/member,   READ MEMBERS",
        "DELETE, /3.1/lists/a.example.org/roster/member,   MEMBERS",
        "POST,   /3.1/lists/a.example.org/held/7,          MODERATION",
        "GET,    /3.1/lists/a.example.org/held,            READ MODERATION",
        "POST,   /3.1/lists/a.example.org/requests/abc,    MODERATION",
        "POST,   /3.1/members,                             MEMBERS",
        "POST,   /3.1/members/find,                        READ MEMBERS",
        "POST,   /3.1/users,                               MEMBERS",
        "PATCH,  /3.1/users/1/preferences,                 MEMBERS",
        "PATCH,  /3.1/addresses/a@example.org/preferences, MEMBERS",
        "POST,   /3.1/domains,                             LISTS",
        "POST,   /3.1/bans,                                LISTS",
        "GET,    /3.1/system/versions,                     READ SITE",
        "POST,   /3.1/queues/in,                           SITE",
        "POST,   /api/lists/a.example.org/members/import,  MEMBERS",
        "GET,    /api/messages,                            READ SITE",
        "POST,   /api/smarthosts,                          SITE",
        "POST,   /api/smarthosts/a/deliver-now,            SITE",
        "PATCH,  /api/smarthost-selection,                 SITE",
        "POST,   /api/smarthosts/relay/tune,               SITE",
        "DELETE, /api/queues/shunt/entries/7,              SITE",
        "POST,   /api/accounts,                            SITE",
    })
    void requestShouldTakeTheScopeOfItsThing(String method, String uri, String scopes) {
        assertThat(RestScopes.enough(method, uri)).isEqualTo(scopes(scopes));
    }

    @ParameterizedTest
    @CsvSource({
        "POST,   /api/something-new",
        "DELETE, /3.1/something-new/7",
        "POST,   /3.2/members",
        "POST,   /",
        "POST,   /api/accounts/find",
        "DELETE, /3.1/lists/a/../../queues/in/1",
        "DELETE, /3.1/lists/./a",
    })
    void whatIsInNoLineShouldTakeTheScopeSite(String method, String uri) {
        assertThat(RestScopes.enough(method, uri)).containsExactly(Scope.SITE);
    }

    @ParameterizedTest
    @CsvSource({
        "DELETE, /3.1/lists/a.example.org;x=/held/roster/member, MODERATION",
        "DELETE, //3.1//lists/a.example.org//roster/member,      MEMBERS",
        "DELETE, /3.1/%6cists/a.example.org/%72oster/member,     MEMBERS",
        "DELETE, /3.1/lists/a%2Fheld,                            LISTS",
        "DELETE, /3.1/users;/1,                                  MEMBERS",
    })
    void oddlyWrittenPathShouldTakeWhatItMeans(String method, String uri, String scopes) {
        assertThat(RestScopes.enough(method, uri)).isEqualTo(scopes(scopes));
    }

    private static Set<Scope> scopes(String words) {
        return Arrays.stream(words.split(" ")).map(Scope::valueOf).collect(Collectors.toSet());
    }
}

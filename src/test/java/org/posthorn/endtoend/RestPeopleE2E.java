package org.posthorn.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.posthorn.testing.Eventually;
import org.posthorn.testing.PackagedNode;
import org.posthorn.testing.Rest;
import org.posthorn.testing.Rest.Answer;
import org.posthorn.testing.SmtpSink;

/** The people side of Mailman's API, row by row, from outside: each test has a domain and people of its own. */
class RestPeopleE2E {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final Pattern LINK = Pattern.compile("/confirm/([0-9a-f]{40})");

    @TempDir
    static Path folder;

    private static SmtpSink sink;
    private static PackagedNode node;
    private static Rest rest;
    private static Rest old;

    private final String domain = "p" + NUMBER.incrementAndGet() + ".example.com";
    private final String listId = "ant." + domain;
    private final String list = "/lists/" + listId;
    private final String ann = "ann@" + domain;
    private final String bob = "bob@" + domain;

    @BeforeAll
    static void startNode() throws IOException {
        sink = new SmtpSink();
        node = new PackagedNode(
                        PackagedNode.Form.COMMAND, folder.resolve("home"), Map.of("POSTHORN_SMARTHOSTS", sink.url()))
                .start();
        String base = "http://127.0.0.1:" + node.httpPort();
        rest = new Rest(base + "/3.1", PackagedNode.USER, PackagedNode.PASSWORD);
        old = new Rest(base + "/3.0", PackagedNode.USER, PackagedNode.PASSWORD);
    }

    @AfterAll
    static void stopNode() throws Exception {
        node.close();
        sink.close();
    }

    private void aList(String... settings) {
        assertThat(rest.form("POST", "/domains", "mail_host", domain).status()).isEqualTo(201);
        assertThat(rest.form("POST", "/lists", "fqdn_listname", "ant@" + domain).status())
                .isEqualTo(201);
        if (settings.length > 0) {
            done(rest.form("PATCH", list + "/config", settings));
        }
    }

    private Answer subscribe(String email, String... more) {
        return rest.form(
                "POST",
                "/members",
                Stream.concat(Stream.of("list_id", listId, "subscriber", email), Arrays.stream(more))
                        .toArray(String[]::new));
    }

    /** @return the member's path */
    private String aMember(String email, String... more) {
        return created(subscribe(
                email,
                Stream.concat(
                                Stream.of("pre_verified", "True", "pre_confirmed", "True", "pre_approved", "True"),
                                Arrays.stream(more))
                        .toArray(String[]::new)));
    }

    /** @return the user's path */
    private static String aUser(String email, String... more) {
        return created(rest.form(
                "POST",
                "/users",
                Stream.concat(Stream.of("email", email), Arrays.stream(more)).toArray(String[]::new)));
    }

    private static String created(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        assertThat(answer.body()).isEmpty();
        String location = answer.header("Location").orElseThrow();
        assertThat(location).startsWith("http://localhost:8080/3.1/");
        String path = location.substring("http://localhost:8080/3.1".length());
        assertThat(rest.get(path).status()).as(location).isEqualTo(200);
        return path;
    }

    private static void refused(Answer answer, int status, String description) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.description()).isEqualTo(description);
        assertThat(answer.json().getString("title")).startsWith(status + " ");
    }

    private static void missing(Answer answer) {
        refused(answer, 404, "404 Not Found");
    }

    private static void done(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(204);
        assertThat(answer.body()).isEmpty();
    }

    private static String waits(Answer answer, String owner) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(202);
        assertThat(answer.json().getString("token_owner")).isEqualTo(owner);
        assertThat(answer.etag()).isNotEmpty();
        return answer.json().getString("token");
    }

    private static String path(String url) {
        return url.replaceFirst("^http://localhost:8080/3\\.1", "");
    }

    private static List<String> emails(Answer answer) {
        return answer.entries().stream().map(entry -> entry.getString("email")).toList();
    }

    /** Waits for a mail to this address. */
    private static SmtpSink.Received mailTo(String email, String subject) {
        assertThat(Eventually.holds(SOON, () -> copies(email, subject).findAny().isPresent()))
                .as("mail to " + email + ": " + subject)
                .isTrue();
        return copies(email, subject).findFirst().orElseThrow();
    }

    private static Stream<SmtpSink.Received> copies(String email, String subject) {
        return sink.received().stream()
                .filter(copy -> copy.recipients().contains(email)
                        && copy.header("Subject").orElse("").contains(subject));
    }

    private static String secretIn(SmtpSink.Received mail) {
        Matcher link = LINK.matcher(mail.body().replace("=\r\n", "").replace("=\n", ""));
        assertThat(link.find()).as(mail.body()).isTrue();
        return link.group(1);
    }

    // --- lists/<l>/roster/<role>

    @ParameterizedTest
    @ValueSource(strings = {"member", "owner", "moderator", "nonmember"})
    void rosterShouldListARoleInOrderOfAddressesByPages(String role) {
        aList();
        for (String email : List.of(bob, ann, "cris@" + domain)) {
            aMember(email, "role", role);
        }

        Answer all = rest.get(list + "/roster/" + role);
        assertThat(emails(all)).containsExactly(ann, bob, "cris@" + domain);
        assertThat(all.json().getInt("total_size")).isEqualTo(3);
        assertThat(all.entries()).allSatisfy(entry -> {
            assertThat(entry.getString("http_etag")).matches("\"[0-9a-f]{40}\"");
            assertThat(rest.get(path(entry.getString("self_link"))).etag()).isEqualTo(entry.getString("http_etag"));
        });
        Answer second = rest.get(list + "/roster/" + role + "?count=2&page=2");
        assertThat(emails(second)).containsExactly("cris@" + domain);
        assertThat(second.json().getInt("start")).isEqualTo(2);
        Answer some = rest.get("/lists/ant@" + domain + "/roster/" + role + "?fields=email&fields=role&count=1");
        assertThat(some.entries().get(0).keySet()).containsExactlyInAnyOrder("email", "role", "http_etag");
    }

    @Test
    void emptyRosterShouldHaveNoEntries() {
        aList();

        JsonObject empty = rest.get(list + "/roster/member").json();

        assertThat(empty.keySet()).containsExactlyInAnyOrder("start", "total_size", "http_etag");
        missing(rest.get(list + "/roster/nosuch"));
        missing(rest.get("/lists/nosuch." + domain + "/roster/member"));
    }

    @Test
    void rosterShouldLoseWhomADeleteNames() {
        aList();
        aMember(ann);
        aMember(bob);

        Answer gone = rest.form("DELETE", list + "/roster/member", "emails", ann, "emails", "nobody@" + domain);

        assertThat(gone.status()).isEqualTo(200);
        assertThat(gone.json().getBoolean(ann)).isTrue();
        assertThat(gone.json().getBoolean("nobody@" + domain)).isFalse();
        assertThat(emails(rest.get(list + "/roster/member"))).containsExactly(bob);
        refused(rest.form("DELETE", list + "/roster/member"), 400, "Missing Parameter: emails");
    }

    // --- lists/<l>/<role>/<email>

    @Test
    void memberOfAListShouldBeFoundByAddressInAnyCaseAndEncoding() {
        aList();
        String odd = "a?ers+on@" + domain;
        String path = aMember(odd);

        Answer found = rest.get(list + "/member/" + Rest.quoted(odd.toUpperCase(java.util.Locale.ROOT)));

        assertThat(path(found.json().getString("self_link"))).isEqualTo(path);
        missing(rest.get(list + "/owner/" + Rest.quoted(odd)));
        missing(rest.get(list + "/member/not-an-address"));
    }

    @Test
    void memberOfAListShouldChange() {
        aList();
        aMember(ann);
        String path = list + "/member/" + ann;

        done(rest.form("PATCH", path, "moderation_action", "hold", "delivery_mode", "mime_digests"));

        assertThat(rest.get(path).json().getString("moderation_action")).isEqualTo("hold");
        assertThat(rest.get(path).json().getString("delivery_mode")).isEqualTo("mime_digests");
        done(rest.json("PATCH", path, "{\"moderation_action\": \"\"}"));
        assertThat(rest.get(path).json()).doesNotContainKey("moderation_action");
        refused(rest.form("PATCH", path, "colour", "blue"), 400, "Unexpected parameters: colour");
    }

    @Test
    void memberOfAListShouldLeaveAsThePolicySays() {
        aList("unsubscription_policy", "confirm_then_moderate");
        aMember(ann);
        aMember(bob);
        String path = list + "/member/" + ann;

        String token = waits(rest.form("DELETE", path, "pre_confirmed", "False"), "subscriber");
        refused(rest.form("DELETE", path), 409, "Unsubscription request already pending");
        done(rest.form("POST", list + "/requests/" + token, "action", "discard"));
        String second = waits(rest.send("DELETE", path), "moderator"); // confirmed unless it says otherwise
        done(rest.form("POST", list + "/requests/" + second, "action", "accept"));
        missing(rest.get(path));

        done(rest.form("DELETE", list + "/member/" + bob, "pre_confirmed", "True", "pre_approved", "True"));
        missing(rest.form("DELETE", list + "/member/" + bob));
    }

    @Test
    void ownerOfAListShouldGoAtOnce() {
        aList("unsubscription_policy", "moderate");
        aMember(ann, "role", "owner");

        done(rest.send("DELETE", "/lists/ant@" + domain + "/owner/" + Rest.quoted(ann)));

        missing(rest.get(list + "/owner/" + ann));
    }

    @Test
    void memberOfAListShouldHavePreferences() {
        aList();
        aMember(ann);

        preferencesShouldChange(list + "/member/" + ann + "/preferences");
    }

    /** GET, PATCH, PUT, DELETE of one's own wishes; what is open is left out. */
    private static void preferencesShouldChange(String path) {
        assertThat(rest.get(path).json().keySet()).containsExactlyInAnyOrder("self_link", "http_etag");
        assertThat(rest.get(path(rest.get(path).json().getString("self_link"))).status())
                .isEqualTo(200);

        done(rest.form("PATCH", path, "delivery_status", "by_user", "hide_address", "no"));
        assertThat(rest.get(path).json().getString("delivery_status")).isEqualTo("by_user");
        assertThat(rest.get(path).json().getBoolean("hide_address")).isFalse();
        done(rest.json("PATCH", path, "{\"delivery_status\": null}"));
        assertThat(rest.get(path).json()).doesNotContainKey("delivery_status").containsKey("hide_address");

        refused(
                rest.form("PUT", path, "delivery_mode", "regular"),
                400,
                "Missing Parameter: acknowledge_posts, delivery_status, hide_address, preferred_language,"
                        + " receive_list_copy, receive_own_postings");
        done(rest.form(
                "PUT",
                path,
                "acknowledge_posts",
                "True",
                "delivery_mode",
                "plaintext_digests",
                "delivery_status",
                "by_moderator",
                "hide_address",
                "True",
                "preferred_language",
                "fr",
                "receive_list_copy",
                "False",
                "receive_own_postings",
                "False"));
        JsonObject all = rest.get(path).json();
        assertThat(all.getString("delivery_mode")).isEqualTo("plaintext_digests");
        assertThat(all.getBoolean("acknowledge_posts")).isTrue();
        assertThat(all.getBoolean("receive_own_postings")).isFalse();
        assertThat(all.getString("preferred_language")).isEqualTo("fr");
        assertThat(rest.form("PATCH", path, "delivery_mode", "by_pigeon").status())
                .isEqualTo(400);
        assertThat(rest.form("PATCH", path, "colour", "blue").status()).isEqualTo(400);

        done(rest.send("DELETE", path));
        assertThat(rest.get(path).json().keySet()).containsExactlyInAnyOrder("self_link", "http_etag");
    }

    // --- lists/<l>/requests

    @Test
    void requestsShouldBeListedCountedAndFiltered() {
        aList("subscription_policy", "confirm_then_moderate", "unsubscription_policy", "moderate");
        aMember("leaver@" + domain);
        waits(subscribe(ann, "display_name", "Ann"), "subscriber");
        waits(subscribe(bob, "pre_verified", "True", "pre_confirmed", "True"), "moderator");
        waits(rest.send("DELETE", list + "/member/leaver@" + domain), "moderator");

        Answer all = rest.get(list + "/requests");
        assertThat(emails(all)).containsExactly(ann, bob, "leaver@" + domain);
        JsonObject first = all.entries().get(0);
        assertThat(first.getString("token")).hasSize(40);
        assertThat(first.getString("type")).isEqualTo("subscription");
        assertThat(first.getString("list_id")).isEqualTo(listId);
        assertThat(first.getString("display_name")).isEqualTo("Ann");
        assertThat(first.getString("token_owner")).isEqualTo("subscriber");
        assertThat(first.getString("when")).matches("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+");
        assertThat(rest.get(list + "/requests/" + first.getString("token"))
                        .json()
                        .getString("email"))
                .isEqualTo(ann);
        assertThat(emails(rest.get(list + "/requests?token_owner=moderator&request_type=subscription")))
                .containsExactly(bob);
        assertThat(emails(rest.get(list + "/requests?request_type=unsubscription")))
                .containsExactly("leaver@" + domain);
        assertThat(rest.get(list + "/requests?token_owner=no_one").json().getInt("total_size"))
                .isZero();
        assertThat(rest.get(list + "/requests/count").json().getInt("count")).isEqualTo(3);
        assertThat(rest.get(list + "/requests/count?token_owner=subscriber")
                        .json()
                        .getInt("count"))
                .isEqualTo(1);
        assertThat(emails(rest.get(list + "/requests?count=1&page=2"))).containsExactly(bob);
        assertThat(rest.get(list + "/requests?token_owner=nobody").status()).isEqualTo(400);
        missing(rest.get(list + "/requests/0000000000000000000000000000000000000000"));
    }

    @Test
    void moderatorsWordShouldEndARequest() {
        aList("subscription_policy", "moderate");
        String accepted = waits(subscribe(ann, "pre_verified", "True"), "moderator");
        done(rest.form("POST", list + "/requests/" + accepted, "action", "defer"));
        done(rest.form("POST", list + "/requests/" + accepted, "action", "accept"));
        assertThat(rest.get(list + "/member/" + ann).status()).isEqualTo(200);
        missing(rest.form("POST", list + "/requests/" + accepted, "action", "accept"));

        String rejected = waits(subscribe(bob, "pre_verified", "True"), "moderator");
        refused(
                rest.form("POST", list + "/requests/" + rejected, "action", "eat"),
                400,
                "Invalid Parameter \"action\": Accepted Values are: accept, reject, discard, defer, hold.");
        refused(rest.form("POST", list + "/requests/" + rejected), 400, "Missing Parameter: action");
        done(rest.form("POST", list + "/requests/" + rejected, "action", "reject", "reason", "This is for ants."));
        assertThat(mailTo(bob, "declined").body()).contains("This is for ants.");
        assertThat(rest.get(list + "/requests/count").json().getInt("count")).isZero();
    }

    @Test
    void requestOfWhoHasBecomeAMemberMeanwhileShouldConflict() {
        aList("subscription_policy", "moderate");
        String token = waits(subscribe(ann, "pre_verified", "True"), "moderator");
        node.post("/api/lists/" + listId + "/members/import", "text/csv", "email\n" + ann + "\n");

        refused(rest.form("POST", list + "/requests/" + token, "action", "accept"), 409, "Already subscribed");
    }

    @Test
    void subscribersShouldBeMailedALinkOnceThatRestDoesNotShow() {
        aList();
        String token = waits(subscribe(ann, "display_name", "Buy pills at evil.example"), "subscriber");
        refused(subscribe(ann), 409, "Subscription request already pending");

        SmtpSink.Received mail = mailTo(ann, "want to join");

        assertThat(mail.body()).doesNotContain("evil.example");
        assertThat(secretIn(mail)).isNotEqualTo(token);
        assertThat(mail.header("Auto-Submitted")).contains("auto-generated");
        assertThat(mail.reversePath()).isEmpty();
        assertThat(rest.get(list + "/requests").body()).doesNotContain(secretIn(mail));
        // Whoever was given what was mailed may use it for the request, too, as Postorius does.
        assertThat(rest.get(list + "/requests/" + secretIn(mail)).json().getString("token"))
                .isEqualTo(token);
        done(rest.form("POST", list + "/requests/" + secretIn(mail), "action", "accept"));
        assertThat(mailTo(ann, "Welcome").body()).contains(ann);
        assertThat(copies(ann, "want to join")).hasSize(1);
    }

    // --- members

    @Test
    void importShouldWelcomeWhomItAddsIfAsked() {
        aList();
        aMember(ann, "send_welcome_message", "False");

        node.post(
                "/api/lists/" + listId + "/members/import?welcome=true",
                "text/csv",
                "email\n" + ann + "\n" + bob + "\n");

        mailTo(bob, "Welcome");
        assertThat(copies(ann, "Welcome")).isEmpty();
    }

    @Test
    void membersShouldBeListedByListThenRoleThenAddress() {
        aList();
        aMember(bob);
        aMember(ann);
        aMember("mod@" + domain, "role", "moderator");
        aMember("own@" + domain, "role", "owner");

        List<String> mine = rest.get("/members").entries().stream()
                .filter(entry -> entry.getString("list_id").equals(listId))
                .map(entry -> entry.getString("email"))
                .toList();

        assertThat(mine).containsExactly("own@" + domain, "mod@" + domain, ann, bob);
        assertThat(rest.get("/members?count=1&page=1&fields=email").entries())
                .singleElement()
                .satisfies(entry -> assertThat(entry.keySet()).containsExactlyInAnyOrder("email", "http_etag"));
    }

    @Test
    void memberShouldHaveMailmansFields() {
        aList();
        String path = aMember(ann, "display_name", "Ann", "delivery_mode", "mime_digests");

        JsonObject member = rest.get(path).json();

        assertThat(member.keySet())
                .containsExactlyInAnyOrder(
                        "address",
                        "bounce_score",
                        "delivery_mode",
                        "display_name",
                        "email",
                        "http_etag",
                        "list_id",
                        "member_id",
                        "role",
                        "self_link",
                        "subscription_mode",
                        "total_warnings_sent",
                        "user");
        assertThat(member.getInt("bounce_score")).isZero();
        assertThat(member.getInt("total_warnings_sent")).isZero();
        assertThat(member.getString("delivery_mode")).isEqualTo("mime_digests");
        assertThat(member.getString("subscription_mode")).isEqualTo("as_address");
        assertThat(member.getString("member_id")).matches("[0-9a-f]{32}");
        for (String link : List.of("address", "user", "self_link")) {
            assertThat(rest.get(path(member.getString(link))).status()).as(link).isEqualTo(200);
        }
    }

    @Test
    void subscribingShouldAskWhomThePolicyNames() {
        aList("subscription_policy", "confirm");
        waits(subscribe("one@" + domain), "subscriber");
        waits(subscribe("two@" + domain, "pre_verified", "True"), "subscriber");
        created(subscribe("three@" + domain, "pre_verified", "True", "pre_confirmed", "True"));
        waits(subscribe("four@" + domain, "invitation", "True"), "subscriber");
        mailTo("four@" + domain, "invited");
    }

    @Test
    void subscribingShouldRefuseWhatCannotBe() {
        aList();
        aMember(ann);
        refused(subscribe(ann), 409, "Member already subscribed");
        refused(
                subscribe("no address@" + domain),
                400,
                "Invalid Parameter \"subscriber\": 'no address@" + domain + "': allowed is an e-mail address.");
        refused(rest.form("POST", "/members", "list_id", "nosuch." + domain, "subscriber", bob), 400, "No such list");
        refused(rest.form("POST", "/members", "list_id", listId), 400, "Missing Parameter: subscriber");
        refused(subscribe(bob, "colour", "blue"), 400, "Unexpected parameters: colour");
        refused(subscribe("00000000000000000000000fffffffff"), 400, "No such user");
        aMember(ann, "role", "owner");
        refused(subscribe(ann, "role", "owner"), 409, ann + " is already an owner of ant@" + domain);
        assertThat(rest.form("POST", list + "/bans", "email", bob).status()).isEqualTo(201);
        refused(subscribe(bob), 400, "Membership is banned");
        assertThat(rest.form("POST", "/members", "list_id", listId, "subscriber", "x@" + domain, "role", "king")
                        .description())
                .startsWith("Invalid Parameter \"role\": Accepted Values are: ");
    }

    @Test
    void welcomeShouldBeSentAsAskedOrAsTheListHasIt() {
        aList("send_welcome_message", "True", "admin_notify_mchanges", "True");
        aMember("own@" + domain, "role", "owner");
        aMember(ann);
        aMember(bob, "send_welcome_message", "False");
        done(rest.form("DELETE", list + "/member/" + bob));

        mailTo(ann, "Welcome");
        mailTo(bob, "You have left");
        mailTo("own@" + domain, ann + " has joined");
        mailTo("own@" + domain, bob + " has left");
        assertThat(copies(bob, "Welcome")).isEmpty();
        assertThat(copies("own@" + domain, "Welcome")).isEmpty();
    }

    @Test
    void userShouldSubscribeByThePreferredAddress() {
        aList();
        String user = aUser(ann);
        String id = rest.get(user).json().getString("user_id");
        refused(subscribe(id), 400, "User without preferred address");
        done(rest.send("POST", "/addresses/" + ann + "/verify"));
        done(rest.form("POST", user + "/preferred_address", "email", ann));

        String member = created(subscribe(id, "pre_confirmed", "True"));

        assertThat(rest.get(member).json().getString("subscription_mode")).isEqualTo("as_user");
        assertThat(rest.get(member).json().getString("email")).isEqualTo(ann);
    }

    @Test
    void membersShouldBeFoundByEachPoint() {
        aList();
        aMember(ann, "delivery_mode", "mime_digests");
        aMember(bob, "delivery_status", "by_moderator");
        aMember(bob, "role", "owner");
        done(rest.form("PATCH", list + "/member/" + bob, "moderation_action", "discard"));

        assertThat(emails(find("subscriber", ann))).containsExactly(ann);
        assertThat(emails(find("subscriber", "*NN@" + domain))).containsExactly(ann);
        assertThat(emails(find("subscriber", "*@" + domain, "role", "member"))).containsExactly(ann, bob);
        assertThat(emails(find("list_id", listId, "role", "owner"))).containsExactly(bob);
        assertThat(emails(find("list_id", listId, "delivery_mode", "mime_digests")))
                .containsExactly(ann);
        assertThat(emails(find("list_id", listId, "delivery_status", "by_moderator")))
                .containsExactly(bob);
        assertThat(emails(find("list_id", listId, "moderation_action", "discard")))
                .containsExactly(bob);
        assertThat(emails(find("list_id", listId, "count", "1", "page", "2"))).containsExactly(ann);
        assertThat(find("list_id", listId, "fields", "email").entries().get(0).keySet())
                .containsExactlyInAnyOrder("email", "http_etag");
        String user = path(rest.get(list + "/member/" + ann).json().getString("user"));
        assertThat(emails(find("subscriber", rest.get(user).json().getString("user_id"))))
                .containsExactly(ann);
        assertThat(find("subscriber", "nobody@" + domain).json().keySet())
                .containsExactlyInAnyOrder("start", "total_size", "http_etag");
        assertThat(rest.get("/members/find?role=king").status()).isEqualTo(400);
        assertThat(find("subscriber", "%").json().getInt("total_size")).isZero();
    }

    @Test
    void membersOfARenamedListShouldBeFoundByEachOfItsNames() {
        aList();
        aMember(ann);
        assertThat(node.post(
                                "/api/lists/" + listId + "/rename",
                                "{\"fqdn_listname\": \"bee@" + domain + "\", \"keep_list_id\": false}")
                        .status())
                .isEqualTo(200);

        for (String name : List.of(listId, "bee." + domain, "bee@" + domain, "ant@" + domain)) {
            assertThat(find("list_id", name).entries())
                    .as(name)
                    .singleElement()
                    .satisfies(entry -> assertThat(entry.getString("list_id")).isEqualTo("bee." + domain));
        }
        assertThat(find("list_id", "cat." + domain).entries()).isEmpty();
        assertThat(find("list_id", "no name").entries()).isEmpty();
    }

    /** What is sent, in either of the forms that Mailman takes: booleans and lists are JSON's own there. */
    private enum Sent {
        FORM,
        JSON;

        Answer as(String method, String path, Object... fields) {
            if (this == JSON) {
                JsonObjectBuilder json = Json.createObjectBuilder();
                for (int i = 0; i < fields.length; i += 2) {
                    json.add(
                            fields[i].toString(),
                            fields[i + 1] instanceof Boolean truth
                                    ? truth ? JsonValue.TRUE : JsonValue.FALSE
                                    : fields[i + 1] instanceof List<?> many
                                            ? Json.createArrayBuilder(many).build()
                                            : Json.createValue(fields[i + 1].toString()));
                }
                return rest.json(method, path, json.build().toString());
            }
            List<String> form = new ArrayList<>();
            for (int i = 0; i < fields.length; i += 2) {
                for (Object one : fields[i + 1] instanceof List<?> many ? many : List.of(fields[i + 1])) {
                    form.add(fields[i].toString());
                    form.add(one.equals(true) ? "True" : one.equals(false) ? "False" : one.toString());
                }
            }
            return rest.form(method, path, form.toArray(String[]::new));
        }
    }

    @ParameterizedTest
    @EnumSource(Sent.class)
    void writesOfPeopleShouldMeanTheSameAsFormsAndAsJson(Sent sent) {
        aList("subscription_policy", "confirm_then_moderate", "unsubscription_policy", "confirm_then_moderate");
        String user = created(sent.as(
                "POST", "/users", "email", ann, "display_name", "Ann", "password", "x", "is_server_owner", true));
        assertThat(rest.get(user).json().getBoolean("is_server_owner")).isTrue();
        done(sent.as("PATCH", user, "display_name", "Annie", "is_server_owner", false));
        assertThat(rest.get(user).json().getBoolean("is_server_owner")).isFalse();

        aUser(bob);
        String addresses = user + "/addresses";
        assertThat(sent.as("POST", addresses, "email", bob, "absorb_existing", false)
                        .status())
                .isEqualTo(400);
        created(sent.as("POST", addresses, "email", bob, "absorb_existing", true));

        String member = created(sent.as(
                "POST",
                "/members",
                "list_id",
                listId,
                "subscriber",
                ann,
                "pre_verified",
                true,
                "pre_confirmed",
                true,
                "pre_approved",
                true,
                "send_welcome_message",
                false));
        String token = waits(
                sent.as(
                        "POST",
                        "/members",
                        "list_id",
                        listId,
                        "subscriber",
                        bob,
                        "pre_verified",
                        true,
                        "pre_confirmed",
                        true,
                        "pre_approved",
                        false),
                "moderator");
        done(sent.as("POST", list + "/requests/" + token, "action", "accept"));
        assertThat(emails(sent.as("POST", "/members/find", "list_id", listId, "role", "member")))
                .containsExactly(ann, bob);
        assertThat(sent.as("POST", "/members/find", "list_id", listId, "fields", List.of("email", "role"))
                        .entries()
                        .get(0)
                        .keySet())
                .containsExactlyInAnyOrder("email", "role", "http_etag");

        waits(sent.as("DELETE", member, "pre_confirmed", true, "pre_approved", false), "moderator");
        assertThat(rest.get(member).status()).isEqualTo(200);
        done(sent.as("DELETE", list + "/member/" + bob, "pre_confirmed", true, "pre_approved", true));
        missing(rest.get(list + "/member/" + bob));

        aMember(bob, "role", "owner");
        aMember(ann, "role", "owner");
        JsonObject gone = sent.as("DELETE", list + "/roster/owner", "emails", List.of(ann, bob, "x@" + domain))
                .json();
        assertThat(gone.getBoolean(ann)).isTrue();
        assertThat(gone.getBoolean(bob)).isTrue();
        assertThat(gone.getBoolean("x@" + domain)).isFalse();
        assertThat(rest.get(list + "/roster/owner").entries()).isEmpty();
    }

    /** The same by GET and by POST. */
    private static Answer find(String... points) {
        Answer got = rest.get("/members/find?" + Rest.encoded(points));
        Answer posted = rest.form("POST", "/members/find", points);
        assertThat(posted.status()).as(posted.body()).isEqualTo(200);
        assertThat(got.body()).isEqualTo(posted.body());
        return got;
    }

    @Test
    void memberShouldMoveToAnotherVerifiedAddressOfTheSameUser() {
        aList();
        String member = aMember(ann);
        String user = path(rest.get(member).json().getString("user"));
        String other = "ann@work." + domain;
        assertThat(rest.form("PATCH", member, "address", other).status()).isEqualTo(400);
        created(rest.form("POST", user + "/addresses", "email", other));
        assertThat(rest.form("PATCH", member, "address", other).description()).contains("verified");
        done(rest.send("POST", "/addresses/" + other + "/verify"));

        done(rest.form("PATCH", member, "address", other));

        assertThat(rest.get(member).json().getString("email")).isEqualTo(other);
        aUser(bob);
        done(rest.send("POST", "/addresses/" + bob + "/verify"));
        assertThat(rest.form("PATCH", member, "address", bob).status()).isEqualTo(400);
    }

    @Test
    void memberShouldBeDeletedByIdentifier() {
        aList();
        String member = aMember(ann);

        done(rest.send("DELETE", member));

        missing(rest.get(member));
        missing(rest.send("DELETE", member));
        missing(rest.get("/members/not-an-id"));
        missing(rest.get("/members/ffffffffffffffffffffffffffffffff"));
    }

    @Test
    void memberShouldHavePreferencesAndInheritTheOthers() {
        aList();
        String member = aMember(ann);
        preferencesShouldChange(member + "/preferences");
        done(rest.form("PATCH", "/addresses/" + ann + "/preferences", "delivery_status", "by_user"));
        done(rest.form("PATCH", member + "/preferences", "acknowledge_posts", "True"));

        JsonObject all = rest.get(member + "/all/preferences").json();

        assertThat(all.keySet())
                .containsExactlyInAnyOrder(
                        "acknowledge_posts",
                        "delivery_mode",
                        "delivery_status",
                        "hide_address",
                        "preferred_language",
                        "receive_list_copy",
                        "receive_own_postings",
                        "self_link",
                        "http_etag");
        assertThat(all.getBoolean("acknowledge_posts")).isTrue();
        assertThat(all.getString("delivery_status")).isEqualTo("by_user");
        assertThat(all.getString("delivery_mode")).isEqualTo("regular");
        assertThat(rest.form("PATCH", member + "/all/preferences", "hide_address", "no")
                        .status())
                .isEqualTo(405);
    }

    @Test
    void importedMemberShouldHaveNoUserUntilOneIsMade() {
        aList();
        node.post("/api/lists/" + listId + "/members/import", "text/csv", "email\n" + ann + "\n");
        assertThat(rest.get(list + "/member/" + ann).json()).doesNotContainKey("user");
        assertThat(rest.get("/addresses/" + ann).json()).doesNotContainKey("user");
        missing(rest.get("/users/" + ann));

        created(rest.form("POST", "/addresses/" + ann + "/user"));

        assertThat(rest.get(path(rest.get(list + "/member/" + ann).json().getString("user")))
                        .status())
                .isEqualTo(200);
    }

    // --- users

    @Test
    void usersShouldBeMadeAndListedWithoutTheSitesOwnAccount() {
        String user = aUser(ann, "display_name", "Ann", "password", "x");

        JsonObject json = rest.get(user).json();
        assertThat(json.keySet())
                .containsExactlyInAnyOrder(
                        "created_on",
                        "display_name",
                        "http_etag",
                        "is_server_owner",
                        "password",
                        "self_link",
                        "user_id");
        assertThat(json.getString("password")).startsWith("$").doesNotContain("PBKDF2");
        assertThat(json.getString("user_id")).matches("[0-9a-f]{32}");
        assertThat(rest.get("/users").body())
                .contains(json.getString("user_id"))
                .doesNotContain("\"admin\"");
        assertThat(rest.get("/users?count=1&page=1").entries()).hasSize(1);
        refused(
                rest.form("POST", "/users", "email", ann.toUpperCase(java.util.Locale.ROOT)),
                400,
                "User already exists: " + ann.toUpperCase(java.util.Locale.ROOT));
        refused(rest.form("POST", "/users"), 400, "Missing Parameter: email");
        assertThat(rest.form("POST", "/users", "email", "no address").status()).isEqualTo(400);
        String nobody = aUser(bob, "display_name", "", "password", "");
        assertThat(rest.get(nobody).json()).doesNotContainKeys("password", "display_name");
    }

    @Test
    void usersShouldBeFoundByPartsOfNamesAndAddresses() {
        aUser(ann, "display_name", "Ann Smith of " + domain);
        aUser(bob, "display_name", "Bob 100%");

        assertThat(rest.get("/users/find?q=" + Rest.quoted("SMITH OF " + domain))
                        .entries())
                .hasSize(1);
        assertThat(rest.get("/users/find?q=" + Rest.quoted("@" + domain)).entries())
                .hasSize(2);
        assertThat(rest.get("/users/find?q=" + Rest.quoted("@" + domain) + "&count=1&page=2")
                        .entries())
                .hasSize(1);
        assertThat(rest.get("/users/find?q=nobody." + domain).json()).doesNotContainKey("entries");
        refused(rest.get("/users/find"), 400, "Missing Parameter: q");
    }

    @Test
    void userShouldBeReadAndChangedByIdentifierOrAddress() {
        String user = aUser(ann, "display_name", "Ann", "password", "first");
        String before = rest.get(user).json().getString("password");

        done(rest.form("PATCH", "/users/" + ann, "cleartext_password", "second"));
        done(rest.json("PATCH", user, "{\"display_name\": \"Sir Ann\", \"is_server_owner\": true}"));

        JsonObject json = rest.get("/users/" + Rest.quoted(ann)).json();
        assertThat(json.getString("display_name")).isEqualTo("Sir Ann");
        assertThat(json.getBoolean("is_server_owner")).isTrue();
        assertThat(json.getString("password")).isNotEqualTo(before);
        assertThat(rest.get("/owners").body()).contains(json.getString("user_id"));
        refused(rest.form("PUT", user, "display_name", "Ann"), 400, "Missing Parameter: cleartext_password");
        done(rest.form("PUT", user, "display_name", "Ann", "cleartext_password", "third", "is_server_owner", "no"));
        assertThat(rest.get("/owners").body()).doesNotContain(json.getString("user_id"));
        refused(rest.form("PATCH", user, "email", bob), 400, "Unexpected parameters: email");
        missing(rest.get("/users/nobody@" + domain));
    }

    @Test
    void userShouldBeDeletedWithAddressesAndMemberships() {
        aList();
        String member = aMember(ann);
        String user = path(rest.get(member).json().getString("user"));

        done(rest.send("DELETE", user));

        missing(rest.get(user));
        missing(rest.get(member));
        missing(rest.get("/addresses/" + ann));
    }

    @Test
    void logInShouldCheckThePassword() {
        String user = aUser(ann, "password", "a good one");

        done(rest.form("POST", user + "/login", "cleartext_password", "a good one"));
        refused(rest.form("POST", user + "/login", "cleartext_password", "another"), 403, "403 Forbidden");
        refused(rest.form("POST", user + "/login"), 400, "Missing Parameter: cleartext_password");
        refused(rest.form("POST", aUser(bob) + "/login", "cleartext_password", ""), 403, "403 Forbidden");
    }

    @Test
    void programThatGuessesAPasswordShouldBeToldToComeLater() {
        String user = aUser(ann, "password", "a good one");
        // On a slow machine an attempt comes back meanwhile.
        int guesses = 0;
        while (rest.form("POST", user + "/login", "cleartext_password", "guess").status() == 403) {
            assertThat(++guesses).isLessThan(200);
        }
        assertThat(guesses).isGreaterThanOrEqualTo(10);

        refused(
                rest.form("POST", user + "/login", "cleartext_password", "a good one"),
                429,
                "Too many failed log-ins; try again later");
    }

    @Test
    void userShouldGetAddressesAndAbsorbOthers() {
        aList();
        String user = aUser(ann);
        String other = aUser(bob, "display_name", "Bob");
        done(rest.form("PATCH", other + "/preferences", "hide_address", "False"));
        String member = aMember(bob);
        String second = "ann.second@" + domain;

        assertThat(created(rest.form("POST", user + "/addresses", "email", second, "display_name", "Annie")))
                .isEqualTo("/addresses/" + second);
        refused(rest.form("POST", user + "/addresses", "email", second), 400, "Address already exists");
        refused(rest.form("POST", user + "/addresses", "email", bob), 400, "Address belongs to other user");
        refused(rest.form("POST", user + "/addresses", "email", "no address"), 400, "Invalid email address");
        created(rest.form("POST", user + "/addresses", "email", bob, "absorb_existing", "1"));

        assertThat(emails(rest.get(user + "/addresses"))).containsExactly(second, ann, bob);
        assertThat(emails(rest.get(user + "/addresses?count=1&page=3"))).containsExactly(bob);
        missing(rest.get(other));
        assertThat(path(rest.get(member).json().getString("user"))).isEqualTo(user);
        assertThat(rest.get(user + "/preferences").json().getBoolean("hide_address"))
                .isFalse();
        assertThat(rest.get(user).json().getString("display_name")).isEqualTo("Bob");
    }

    @Test
    void userShouldPreferAVerifiedAddress() {
        String user = aUser(ann);
        aUser(bob);
        missing(rest.get(user + "/preferred_address"));
        refused(rest.form("POST", user + "/preferred_address", "email", ann), 400, "Unverified address: " + ann);
        refused(rest.form("POST", user + "/preferred_address", "email", bob), 400, "Address belongs to other user");
        refused(
                rest.form("POST", user + "/preferred_address", "email", "x@" + domain),
                400,
                "Address does not exist: x@" + domain);
        done(rest.send("POST", "/addresses/" + ann + "/verify"));

        done(rest.form("POST", user + "/preferred_address", "email", ann));

        assertThat(rest.get(user + "/preferred_address").json().getString("email"))
                .isEqualTo(ann);
        done(rest.send("DELETE", user + "/preferred_address"));
        missing(rest.get(user + "/preferred_address"));
    }

    @Test
    void userShouldHavePreferences() {
        preferencesShouldChange(aUser(ann) + "/preferences");
    }

    // --- addresses

    @Test
    void addressesShouldBeListedAndRead() {
        aUser("Ann@" + domain, "display_name", "Ann");

        JsonObject address = rest.get("/addresses/" + Rest.quoted(ann)).json();

        assertThat(address.keySet())
                .containsExactlyInAnyOrder(
                        "display_name", "email", "http_etag", "original_email", "registered_on", "self_link", "user");
        assertThat(address.getString("email")).isEqualTo(ann);
        assertThat(address.getString("original_email")).isEqualTo("Ann@" + domain);
        assertThat(emails(rest.get("/addresses"))).contains(ann);
        assertThat(rest.get("/addresses?count=1").entries()).hasSize(1);
        missing(rest.get("/addresses/nobody@" + domain));
        missing(rest.get("/addresses/not-an-address"));
    }

    @Test
    void addressShouldBeRenamedAndDeleted() {
        aList();
        String member = aMember(ann);

        done(rest.form("PATCH", "/addresses/" + ann, "display_name", "Annie"));
        assertThat(rest.get("/addresses/" + ann).json().getString("display_name"))
                .isEqualTo("Annie");
        refused(rest.form("PATCH", "/addresses/" + ann, "email", bob), 400, "Unexpected parameters: email");

        done(rest.send("DELETE", "/addresses/" + ann));
        missing(rest.get("/addresses/" + ann));
        missing(rest.get(member));
    }

    @Test
    void addressShouldBeVerifiedAndNot() {
        aUser(ann);

        done(rest.send("POST", "/addresses/" + ann + "/verify"));
        String at = rest.get("/addresses/" + ann).json().getString("verified_on");
        assertThat(at).matches("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+");
        done(rest.send("POST", "/addresses/" + ann + "/verify"));
        assertThat(rest.get("/addresses/" + ann).json().getString("verified_on"))
                .isEqualTo(at);
        done(rest.send("POST", "/addresses/" + ann + "/unverify"));
        assertThat(rest.get("/addresses/" + ann).json()).doesNotContainKey("verified_on");
        missing(rest.send("POST", "/addresses/nobody@" + domain + "/verify"));
    }

    @Test
    void addressShouldHaveMembershipsOfAllRoles() {
        aList();
        aMember(ann);
        aMember(ann, "role", "owner");
        aMember(bob);

        assertThat(rest.get("/addresses/" + ann + "/memberships").entries())
                .extracting(entry -> entry.getString("role"))
                .containsExactly("owner", "member");
        aUser("alone@" + domain);
        assertThat(rest.get("/addresses/alone@" + domain + "/memberships").json())
                .doesNotContainKey("entries");
        missing(rest.get("/addresses/nobody@" + domain + "/memberships"));
    }

    @Test
    void addressShouldHavePreferences() {
        aUser(ann);

        preferencesShouldChange("/addresses/" + ann + "/preferences");
    }

    @Test
    void addressShouldBeLinkedAndUnlinked() {
        String user = aUser(ann);
        String other = aUser(bob);
        String path = "/addresses/" + ann + "/user";
        assertThat(path(rest.get(path).json().getString("self_link"))).isEqualTo(user);
        assertThat(rest.form("POST", path).status()).isEqualTo(409);

        String otherId = rest.get(other).json().getString("user_id");
        assertThat(rest.form("PUT", path, "user_id", otherId).status()).isEqualTo(200);
        assertThat(path(rest.get(path).json().getString("self_link"))).isEqualTo(other);
        done(rest.send("DELETE", path));
        missing(rest.get(path));
        missing(rest.send("DELETE", path));
        assertThat(rest.form("POST", path, "auto_create", "False").status()).isEqualTo(403);
        assertThat(rest.form("POST", path, "user_id", "00000000000000000000000fffffffff")
                        .status())
                .isEqualTo(400);
        assertThat(rest.form("POST", path, "user_id", otherId).status()).isEqualTo(200);
        String made = created(rest.form("PUT", path, "display_name", "Ann"));
        assertThat(made).isNotIn(user, other);
        assertThat(rest.get(made).json().getString("display_name")).isEqualTo("Ann");
    }

    // --- owners, /3.0, errors

    @Test
    void ownersShouldBeTheUsersWhoMayDoEverything() {
        String user = aUser(ann, "is_server_owner", "True");
        aUser(bob);

        List<String> links = rest.get("/owners").entries().stream()
                .map(entry -> path(entry.getString("self_link")))
                .toList();

        assertThat(links).contains(user);
        assertThat(rest.get("/owners").entries())
                .allSatisfy(
                        entry -> assertThat(entry.getBoolean("is_server_owner")).isTrue());
        done(rest.send("DELETE", user));
    }

    @Test
    void version30ShouldHaveNumbersForIdentifiers() {
        aList();
        aMember(ann);

        JsonObject member = old.get(list + "/member/" + ann).json();

        assertThat(member.getJsonNumber("member_id").longValue()).isPositive();
        assertThat(member.getString("self_link")).endsWith("/3.0/members/" + member.getJsonNumber("member_id"));
        assertThat(old.get("/members/" + member.getJsonNumber("member_id"))
                        .json()
                        .getString("email"))
                .isEqualTo(ann);
        String user = member.getString("user");
        assertThat(user).matches("http://localhost:8080/3\\.0/users/[0-9]+");
        assertThat(old.get(user.substring("http://localhost:8080/3.0".length()))
                        .json()
                        .getJsonNumber("user_id")
                        .longValue())
                .isPositive();
        missing(old.get("/members/" + "0".repeat(32)));
        missing(rest.get("/members/" + member.getJsonNumber("member_id")));
        Answer made = old.form("POST", "/users", "email", bob);
        assertThat(made.header("Location").orElseThrow()).matches("http://localhost:8080/3\\.0/users/[0-9]+");
        assertThat(old.form("POST", "/members", "list_id", listId, "subscriber", "x@" + domain)
                        .status())
                .isEqualTo(202);
    }

    @Test
    void whoHasNoCredentialsShouldBeRefused() {
        Answer answer = new Rest("http://127.0.0.1:" + node.httpPort() + "/3.0", "admin", "wrong").get("/users");

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.json().keySet()).containsExactlyInAnyOrder("title", "description");
    }
}

package org.posthorn.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.testing.ConsoleBrowser;
import org.posthorn.testing.ConsoleVisitor;
import org.posthorn.testing.PackagedNode;
import org.posthorn.testing.Rest;

/** Two people who have the same page of the site open, and both save. */
class TwoEditorsE2E {

    @TempDir
    static Path folder;

    private static PackagedNode node;
    private static ConsoleBrowser browser;
    private static ConsoleVisitor other;

    @BeforeAll
    static void start() {
        node = new PackagedNode(PackagedNode.Form.COMMAND, folder.resolve("home"), Map.of()).start();
        browser = new ConsoleBrowser(node.httpPort());
        other = new ConsoleVisitor(node.httpPort()).signIn(PackagedNode.USER, PackagedNode.PASSWORD);
    }

    @AfterAll
    static void stop() throws InterruptedException {
        if (browser != null) {
            browser.close();
        }
        if (node != null) {
            node.close();
        }
    }

    @AfterEach
    void closeWindows() {
        browser.closeWindows();
    }

    private static String aPerson(String email, String name) {
        assertThat(rest().form("POST", "/users", "email", email, "display_name", name)
                        .status())
                .isEqualTo(201);
        return other.open("/site/users?q=" + email)
                .html()
                .selectFirst("#content a[href^=/site/users/]")
                .attr("href");
    }

    private static Rest rest() {
        return new Rest("http://localhost:" + node.httpPort() + "/3.1", PackagedNode.USER, PackagedNode.PASSWORD);
    }

    private static ConsoleVisitor.Form person(String path) {
        return other.form(path, "person");
    }

    private static boolean isServerOwner(String path) {
        return other.open(path).html().selectFirst("#server-owner").hasAttr("checked");
    }

    private static String name(String path) {
        return other.open(path).html().selectFirst("#name").val();
    }

    @Test
    void correctingANameShouldNotUndoWhatAnotherDecidedMeanwhile() {
        String path = aPerson("ann@example.com", "An");
        Page page = browser.signedIn(PackagedNode.USER, PackagedNode.PASSWORD);
        page.navigate(path);
        page.locator("#name").fill("Ann");
        assertThat(other.send(person(path).tick("server-owner", true), "save").status())
                .isEqualTo(303);

        page.locator("#save").click();

        page.getByText("Somebody else saved first").waitFor();
        assertThat(page.locator("#person").textContent())
                .contains("Only you changed this", "Changed meanwhile by admin");
        assertThat(name(path)).isEqualTo("An");
        browser.assertSound(page);
        page.locator("#resolve").click();
        page.getByText("It is saved.").waitFor();
        assertThat(name(path)).isEqualTo("Ann");
        assertThat(isServerOwner(path)).isTrue();
    }

    @Test
    void whoeverChangedTheSameShouldChoose() {
        String path = aPerson("bob@example.com", "Bob");
        ConsoleVisitor.Form mine = person(path).fill("name", "Robert");
        assertThat(other.send(person(path).fill("name", "Bobby"), "save").status())
                .isEqualTo(303);

        ConsoleVisitor.Answer conflict = other.send(mine, "save");
        assertThat(conflict.status()).isEqualTo(409);
        assertThat(conflict.html().select(".version").text()).contains("Robert", "Bobby");
        assertThat(other.send(ConsoleVisitor.form(path, conflict, "person").choose("choose-name", "theirs"), "save")
                        .status())
                .isEqualTo(303);
        assertThat(name(path)).isEqualTo("Bobby");

        ConsoleVisitor.Answer again = other.send(person(path).fill("name", "Robert"), "save");
        assertThat(again.status()).isEqualTo(303);
        assertThat(name(path)).isEqualTo("Robert");
    }

    @Test
    void refusedPasswordShouldLeaveTheNameAsItWas() {
        String path = aPerson("cleo@example.com", "Cleo");

        ConsoleVisitor.Answer answer =
                other.send(person(path).fill("name", "Cleopatra").fill("password", "short"), "save");

        assertThat(answer.status()).isEqualTo(422);
        assertThat(name(path)).isEqualTo("Cleo");
    }

    @Test
    void memberPageShouldShowBothVersionsOfEverythingItSaves() {
        String list = node.makeList("trains@example.com", List.of("dora@example.net"));
        assertThat(node.patch(
                                "/3.1/lists/" + list + "/config",
                                "{\"topics_enabled\": true, \"topics\": [\"Trains: locomotive\", \"Ships: vessel\"]}")
                        .status())
                .isEqualTo(204);
        String path = other.open("/manage/" + list + "/members")
                .html()
                .selectFirst("#content a[href*=/members/]:contains(dora@example.net)")
                .attr("href");
        ConsoleVisitor.Form mine = other.form(path, "member").fill("name", "Dora");
        ConsoleVisitor.Form theirs =
                other.form(path, "member").fill("topics", "Trains").tick("receiveUntagged", true);
        assertThat(other.send(theirs, "save").status()).isEqualTo(303);

        ConsoleVisitor.Answer conflict = other.send(mine, "save");

        assertThat(conflict.status()).isEqualTo(409);
        assertThat(conflict.html().select(".versions").eachText())
                .anyMatch(one -> one.startsWith("Topics Changed meanwhile by admin") && one.endsWith("trains"))
                .anyMatch(one -> one.startsWith("Posts on no topic, too Changed meanwhile by admin"))
                .anyMatch(one -> one.startsWith("Name on this list Only you changed this") && one.endsWith("Dora"));
        saved(other.send(ConsoleVisitor.form(path, conflict, "member"), "save"));
        assertThat(other.open(path).html().selectFirst("#name").val()).isEqualTo("Dora");
        assertThat(other.open(path).html().selectFirst("#topics").text())
                .as("what the second did not touch")
                .isEqualTo("trains");
    }

    @Test
    void whoeverChangedTheSameOfAMemberShouldChooseByItsWords() {
        String list = node.makeList("choice@example.com", List.of("dora@example.net"));
        String path = other.open("/manage/" + list + "/members")
                .html()
                .selectFirst("#content a[href*=/members/]:contains(dora@example.net)")
                .attr("href");
        ConsoleVisitor.Form mine = other.form(path, "member").select("action", "hold");
        saved(other.send(other.form(path, "member").select("action", "reject"), "save"));

        ConsoleVisitor.Answer conflict = other.send(mine, "save");

        assertThat(conflict.status()).isEqualTo(409);
        assertThat(conflict.html().select(".version .value").eachText()).containsExactly("held", "rejected");
        saved(other.send(ConsoleVisitor.form(path, conflict, "member").choose("choose-action", "mine"), "save"));
        assertThat(other.open(path).html().select("#action option[selected]").val())
                .isEqualTo("hold");
    }

    @Test
    void memberWhoseRoleWasChangedMeanwhileShouldBeShownInTheNewOne() {
        String list = node.makeList("roles@example.com", List.of("dora@example.net"));
        String path = other.open("/manage/" + list + "/members")
                .html()
                .selectFirst("#content a[href*=/members/]:contains(dora@example.net)")
                .attr("href");
        ConsoleVisitor.Form mine = other.form(path, "member").fill("name", "Dora");
        ConsoleVisitor.Form gone = other.form(path, "member").fill("name", "Dora D.");
        saved(other.send(other.form(path, "member").select("role", "owner"), "save"));
        assertThat(other.open(path).status()).isEqualTo(404);

        ConsoleVisitor.Answer conflict = other.send(mine, "save");

        assertThat(conflict.status()).isEqualTo(409);
        assertThat(conflict.html().select(".versions").eachText())
                .anyMatch(one -> one.startsWith("Role Changed meanwhile by") && one.endsWith("Owner"))
                .anyMatch(one -> one.endsWith("Dora"));
        saved(other.send(ConsoleVisitor.form(path, conflict, "member"), "save"));
        String owner = other.open("/manage/" + list + "/members?role=owner")
                .html()
                .selectFirst("#content a[href*=/members/]:contains(dora@example.net)")
                .attr("href");
        assertThat(other.open(owner).html().selectFirst("#name").val()).isEqualTo("Dora");

        saved(other.send(other.form(owner, "removal"), "remove"));
        assertThat(other.send(gone, "save").status()).isEqualTo(404);
    }

    private static String texts(String list) {
        return "/manage/" + node.makeList(list, List.of()) + "/templates/list:user:notice:goodbye?language=any";
    }

    private static void saved(ConsoleVisitor.Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(303);
    }

    @Test
    void textThatAnotherHasTakenAwayShouldNotComeBackUnseen() {
        String path = texts("away@example.com");
        saved(other.send(other.form(path, "template").fill("text", "Bye."), "save"));
        ConsoleVisitor.Form mine = other.form(path, "template").fill("text", "Bye, and thanks.");
        ConsoleVisitor.Form late = other.form(path, "template");
        saved(other.send(other.form(path, "template"), "reset"));

        ConsoleVisitor.Answer conflict = other.send(mine, "save");

        assertThat(conflict.status()).isEqualTo(409);
        assertThat(conflict.html().select(".versions").text()).contains("Bye, and thanks.");
        ConsoleVisitor.Form choice =
                ConsoleVisitor.form(path, conflict, "template").choose("choose-text", "theirs");
        saved(other.send(choice, "save"));
        assertThat(other.open(path).html().getElementById("reset-text"))
                .as("still none of its own")
                .isNull();

        saved(other.send(other.form(path, "template").fill("text", "Written anew."), "save"));
        ConsoleVisitor.Answer refused = other.send(late, "reset");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.html().text()).contains("was changed while you looked at it");
        assertThat(refused.html().selectFirst("#text").text()).isEqualTo("Written anew.");
        saved(other.send(ConsoleVisitor.form(path, refused, "template"), "reset"));
    }

    @Test
    void textThatAnotherHasEmptiedShouldNotBeWrittenOverUnseen() {
        String path = texts("emptied@example.com");
        saved(other.send(other.form(path, "template").fill("text", "Bye."), "save"));
        ConsoleVisitor.Form mine = other.form(path, "template").fill("text", "Bye, and thanks.");
        saved(other.send(other.form(path, "template").fill("text", ""), "save"));

        ConsoleVisitor.Answer conflict = other.send(mine, "save");

        assertThat(conflict.status()).isEqualTo(409);
        saved(other.send(ConsoleVisitor.form(path, conflict, "template").choose("choose-text", "mine"), "save"));
        assertThat(other.open(path).html().selectFirst("#text").text()).isEqualTo("Bye, and thanks.");
    }

    @Test
    void topicThatWasChangedMeanwhileShouldNotBeRemovedUnseen() {
        String list = node.makeList("ships@example.com", List.of());
        node.patch("/3.1/lists/" + list + "/config", "{\"topics\": [\"Ships: vessel\"]}");
        String path = "/manage/" + list + "/topics?topic=Ships";
        ConsoleVisitor.Form removal = other.form(path, "one-topic");
        assertThat(other.send(other.form(path, "one-topic").fill("patterns", "steamer"), "save")
                        .status())
                .isEqualTo(303);

        ConsoleVisitor.Answer refused = other.send(removal, "remove");

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.html().text()).contains("was changed while you looked at it");
        assertThat(refused.html().selectFirst("#patterns").text()).isEqualTo("steamer");
        assertThat(other.send(ConsoleVisitor.form(path, refused, "one-topic"), "remove")
                        .status())
                .isEqualTo(303);
    }

    @Test
    void passwordTypedIntoAFormThatIsInConflictShouldBeAskedForAgain() {
        assertThat(node.post("/api/smarthosts", "{\"name\": \"relay\", \"host\": \"relay.example\"}")
                        .status())
                .isEqualTo(201);
        String path = "/site/smarthosts/relay";
        ConsoleVisitor.Form mine = other.form(path, "smarthost").fill("password", "secret of mine");
        assertThat(other.send(other.form(path, "smarthost").fill("weight", "7"), "save")
                        .status())
                .isEqualTo(303);

        ConsoleVisitor.Answer conflict = other.send(mine, "save");

        assertThat(conflict.status()).isEqualTo(409);
        assertThat(conflict.html().text())
                .contains("Somebody else saved first", "Changed meanwhile by admin", "Type the new password");
        assertThat(conflict.body()).doesNotContain("secret of mine");
        ConsoleVisitor.Form again =
                ConsoleVisitor.form(path, conflict, "smarthost").fill("password", "secret of mine");
        saved(other.send(again, "save"));
        assertThat(other.open(path).html().selectFirst("#weight").val()).isEqualTo("7");
    }

    @Test
    void passwordToBeForgottenShouldNotTakeAwayTheOneThatAnotherHasSetMeanwhile() {
        assertThat(node.post(
                                "/api/smarthosts",
                                "{\"name\": \"shy\", \"host\": \"shy.example\", \"username\": \"u\", \"password\": \"old\"}")
                        .status())
                .isEqualTo(201);
        String path = "/site/smarthosts/shy";
        ConsoleVisitor.Form mine = other.form(path, "smarthost").tick("forget", true);
        saved(other.send(other.form(path, "smarthost").fill("password", "theirs"), "save"));

        ConsoleVisitor.Answer conflict = other.send(mine, "save");

        assertThat(conflict.status()).isEqualTo(409);
        assertThat(conflict.html().text()).contains("Tick once more that the password is to be forgotten");
        assertThat(conflict.html().selectFirst("#forget").hasAttr("checked")).isFalse();
    }

    @Test
    void passwordOfAPersonShouldNotReplaceTheOneThatAnotherHasSetMeanwhile() {
        String path = aPerson("eve@example.com", "Eve");
        ConsoleVisitor.Form mine = person(path).fill("password", "a password of mine");
        ConsoleVisitor.Form late = person(path).fill("name", "Eva");
        saved(other.send(person(path).fill("password", "a password of theirs"), "save"));

        ConsoleVisitor.Answer conflict = other.send(mine, "save");

        assertThat(conflict.status()).isEqualTo(409);
        assertThat(conflict.html().text()).contains("Somebody else has set a password meanwhile");
        assertThat(conflict.body()).doesNotContain("a password of");
        saved(other.send(ConsoleVisitor.form(path, conflict, "person").fill("password", "a password of mine"), "save"));
        saved(other.send(late, "save"));
        assertThat(name(path)).isEqualTo("Eva");
    }

    @Test
    void passwordOfModeratorsShouldNotReplaceTheOneThatAnotherHasSetMeanwhile() {
        String path = "/manage/" + node.makeList("secret@example.com", List.of()) + "/settings/who-may-post";
        ConsoleVisitor.Form mine = other.form(path, "settings").fill("moderator-password", "a password of mine");
        saved(other.send(other.form(path, "settings").fill("moderator-password", "a password of theirs"), "save"));

        ConsoleVisitor.Answer conflict = other.send(mine, "save");

        assertThat(conflict.status()).isEqualTo(409);
        assertThat(conflict.html().select(".versions").text())
                .contains("Changed meanwhile by admin", "To have yours instead, type it again");
        assertThat(conflict.body()).doesNotContain("a password of");
        ConsoleVisitor.Form again = ConsoleVisitor.form(path, conflict, "settings");
        saved(other.send(again.fill("moderator-password", "a password of mine"), "save"));
    }

    @Test
    void queueThatWasChangedMeanwhileShouldShowBothPlans() {
        String path = "/site/queues/virgin";
        ConsoleVisitor.Form mine = other.form(path, "queue").fill("priority", "8");
        assertThat(other.send(other.form(path, "queue").fill("threads", "3"), "save")
                        .status())
                .isEqualTo(303);

        ConsoleVisitor.Answer conflict = other.send(mine, "save");

        assertThat(conflict.status()).isEqualTo(409);
        assertThat(conflict.html().select(".versions").eachText())
                .anyMatch(one -> one.contains("Changed meanwhile by admin") && one.endsWith("3"))
                .anyMatch(one -> one.contains("Only you changed this") && one.endsWith("8"));
        saved(other.send(ConsoleVisitor.form(path, conflict, "queue"), "save"));
        assertThat(other.open(path).html().selectFirst("#threads").val()).isEqualTo("3");
        assertThat(other.open(path).html().selectFirst("#priority").val()).isEqualTo("8");
    }

    @Test
    void domainShouldNotGoBackToWhatAnOpenPageShowed() {
        node.post("/3.1/domains", "{\"mail_host\": \"example.org\", \"description\": \"old\"}");
        String path = "/site/domains/example.org";
        Page page = browser.signedIn(PackagedNode.USER, PackagedNode.PASSWORD);
        page.navigate(path);
        page.locator("#description").fill("mine");
        ConsoleVisitor.Form theirs = other.form(path, "domain")
                .fill("base-url", "https://lists.example.org")
                .fill("description", "theirs");
        assertThat(other.send(theirs, "save").status()).isEqualTo(303);

        page.locator("#save").click();

        page.getByText("Somebody else saved first").waitFor();
        browser.assertSound(page);
        page.locator("input[name=choose-description][value=mine]").check();
        page.locator("#save").click();
        page.waitForURL("**/site/domains");
        assertThat(other.open(path).html().selectFirst("#description").val()).isEqualTo("mine");
        assertThat(other.open(path).html().selectFirst("#base-url").val()).isEqualTo("https://lists.example.org");
    }
}

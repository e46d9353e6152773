package org.posthorn.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.RequestOptions;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.testing.ConsoleBrowser;
import org.posthorn.testing.Eventually;
import org.posthorn.testing.PackagedNode;
import org.posthorn.testing.Rest;

/** A list's rooms in a browser: overview, held messages, members, bans, requests; with what goes wrong in them. */
@Timeout(120) // each: what is asked of a page's scripts has no bound of its own
class ManageListE2E {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String HOSTILE = """
            From: Stranger <stranger@example.org>
            To: %s
            Subject: %s
            Message-ID: %s
            MIME-Version: 1.0
            Content-Type: multipart/alternative; boundary=x

            --x
            Content-Type: text/plain

            <script>document.title = 'owned'</script>
            --x
            Content-Type: text/html

            <b>bold</b><script>parent.document.title = 'owned'</script><img src="http://tracker.example/a.gif">
            --x
            Content-Type: application/pdf; name=plan.pdf
            Content-Disposition: attachment

            x
            --x--
            """;

    @TempDir
    static Path folder;

    private static PackagedNode node;
    private static ConsoleBrowser browser;
    private static int lists;

    private Page page;
    private String list;
    private String id;

    @BeforeAll
    static void start() {
        node = new PackagedNode(PackagedNode.Form.COMMAND, folder.resolve("home"), Map.of()).start();
        browser = new ConsoleBrowser(node.httpPort());
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

    @BeforeEach
    void signIn() {
        list = "room" + lists++ + "@lists.example";
        id = node.makeList(list, List.of("anna@example.org", "bert@example.net"));
        page = browser.stranger(ConsoleBrowser.PHONE, ColorScheme.LIGHT, "en-GB");
        page.navigate("/login?next=/manage/" + id);
        page.locator("#name").fill(PackagedNode.USER);
        page.locator("#password").fill(PackagedNode.PASSWORD);
        page.locator("#submit").click();
        page.waitForURL("**/manage/" + id);
    }

    private void open(String room) {
        page.navigate("/manage/" + id + room);
    }

    /** On a phone: nothing for axe to complain of, nothing wider than the screen, nothing on the browser's console. */
    private void assertSound() {
        browser.assertSound(page);
    }

    /** The frame with the mail's HTML takes no scripts, not even axe's, which would wait for its answer for ever. */
    private void assertSoundBesideTheMail() {
        page.evaluate("document.querySelector('iframe').remove()");
        assertSound();
    }

    private void hold(String subject) throws Exception {
        String messageId = PackagedNode.newMessageId();
        node.deliver(
                "stranger@example.org",
                List.of(list),
                HOSTILE.formatted(list, subject, messageId).replace("\n", "\r\n"));
        assertThat(node.awaitState(messageId, "held", SOON)).isTrue();
    }

    /** A browser presses a form's first button at Enter: a post that is to be rejected must not go out by it. */
    private void assertEnterInTheReasonDecidesNothing() {
        List<String> sent = new ArrayList<>();
        Consumer<Request> listener = request -> sent.add(request.method());
        page.onRequest(listener);
        page.locator("#reason").fill("Half a reason");
        page.locator("#reason").press("Enter");
        page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
        page.offRequest(listener);
        assertThat(sent).doesNotContain("POST");
        page.locator("#reason").fill("");
    }

    private String done() {
        Locator said = page.locator(".notice.good");
        said.waitFor();
        return said.textContent().strip();
    }

    @Test
    void overviewShouldSayWhatWaitsAndHowManyThereAre() throws Exception {
        hold("Overview");
        open("");

        assertThat(page.locator(".tiles").first().textContent()).contains("message waits", "2", "Members");
        assertThat(page.locator("section[aria-labelledby=posts-title] tbody").textContent())
                .contains("Overview", "held");
        assertSound();
    }

    @Test
    void heldMessageShouldBeReadWithoutAnythingInItActing() throws Exception {
        hold("Hostile");
        open("/held");
        assertSound();
        page.getByText("Hostile").click();
        page.locator(".mail").waitFor();

        assertThat(page.locator(".mail").textContent()).contains("<script>");
        assertThat(page.evaluate("getComputedStyle(document.querySelector('.bulk')).position"))
                .as("the bar of acts covers nothing")
                .isEqualTo("static");
        assertThat(page.frameLocator("iframe").locator("b").textContent()).isEqualTo("bold");
        assertThat(page.frameLocator("iframe").locator("img, script").count()).isZero();
        assertThat(page.title()).startsWith("Hostile");
        assertThat(page.getByText("plan.pdf").count()).isEqualTo(1);
        APIResponse html = page.request().get(page.url() + "/html");
        assertThat(html.headers().get("content-security-policy")).startsWith("sandbox; default-src 'none'");
        APIResponse raw = page.request().get(page.url() + "/raw");
        assertThat(raw.headers().get("content-type")).startsWith("text/plain");
        assertThat(raw.headers().get("content-disposition")).startsWith("attachment");
        assertThat(raw.text()).contains("Subject: Hostile");
    }

    @Test
    void rejectingShouldTakeAReason() throws Exception {
        hold("Reasonless");
        open("/held");
        page.locator("input[name=pick]").check();
        page.locator("#reject").click();
        page.locator("#reason-error").getByText("nothing was written").waitFor();
        assertThat(page.locator("input[name=pick]").isChecked())
                .as("still picked")
                .isTrue();
        assertSound();

        assertEnterInTheReasonDecidesNothing();
        page.locator("#reason").fill("Not our matter.");
        page.locator("#reject").click();

        assertThat(done()).contains("rejected");
        assertThat(page.locator(".empty").count()).isEqualTo(1);
        assertSound();
    }

    @Test
    void secondModeratorShouldBeToldThatItIsDecided() throws Exception {
        hold("Twice");
        open("/held");
        page.getByText("Twice").click();
        page.locator(".mail").waitFor();
        assertEnterInTheReasonDecidesNothing();
        Page second = page.context().newPage();
        second.navigate(page.url());
        page.locator("#accept").click();
        assertThat(done()).contains("accepted");

        second.locator("#accept").click();

        Locator told = second.locator(".notice.amber");
        told.waitFor();
        assertThat(told.textContent()).contains("already decided", "accepted by admin");
    }

    @Test
    void pickedMessagesShouldBeDiscardedTogether() throws Exception {
        hold("One");
        hold("Two");
        open("/held");
        page.locator(".pick-all").click();
        page.locator("[popovertarget=discarding]").first().click();
        page.locator("#discard").click();

        assertThat(done()).isEqualTo("2 messages were discarded.");
    }

    private String requestOf(String subject) {
        Rest rest = new Rest("http://localhost:" + node.httpPort() + "/3.1", PackagedNode.USER, PackagedNode.PASSWORD);
        return rest.get("/lists/" + id + "/held").entries().stream()
                .filter(entry -> entry.getString("subject").equals(subject))
                .map(entry -> Integer.toString(entry.getInt("request_id")))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void resultShouldSayHowManyAndWhoWasQuickerAboutTheOthers() throws Exception {
        for (String subject : List.of("One", "Two", "Three")) {
            hold(subject);
        }
        open("/held");
        Rest rest = new Rest("http://localhost:" + node.httpPort() + "/3.1", PackagedNode.USER, PackagedNode.PASSWORD);
        assertThat(rest.form("POST", "/lists/" + id + "/held/" + requestOf("Two"), "action", "discard")
                        .status())
                .isEqualTo(204);
        page.locator(".pick-all").click();
        page.locator("#accept").click();

        assertThat(done())
                .isEqualTo("2 messages were accepted and go to the members. One had already been decided by admin.");
    }

    @Test
    void senderShouldBeTreatedFromNowOnAsChosenWithTheDecision() throws Exception {
        hold("Treat");
        open("/held/" + requestOf("Treat"));
        page.locator("#always").selectOption("discard");
        page.locator("#preserve").check();
        page.locator("#forward").fill("zoe@example.com, yan@example.com");
        assertSoundBesideTheMail();
        page.locator("[popovertarget=discarding]").first().click();
        page.locator("#discard").click();

        assertThat(done())
                .isEqualTo("One message was discarded. What its sender posts is always discarded from now on."
                        + " It was forwarded to zoe@example.com, yan@example.com.");
        assertThat(node.get("/3.1/lists/" + id + "/roster/nonmember").body())
                .contains("stranger@example.org", "\"discard\"");
        assertThat(node.get("/api/queues/bad/entries").body()).contains("preserved by admin");
    }

    @Test
    void forwardingShouldLeaveTheMessageWaitingAndSayWhatIsNoAddress() throws Exception {
        hold("Onward");
        String request = requestOf("Onward");
        open("/held/" + request);
        page.locator("#forward-only").click();
        page.locator("#forward-error").getByText("nothing was written").waitFor();
        page.locator("#forward").fill("nobody");
        page.locator("#forward-only").click();
        page.locator("#forward-error").getByText("cannot be used").waitFor();
        assertSoundBesideTheMail();
        page.locator("#forward").fill("zoe@example.com");
        page.locator("#forward-only").click();

        assertThat(done()).isEqualTo("One message goes on waiting. It was forwarded to zoe@example.com.");
        assertThat(requestOf("Onward")).isEqualTo(request);
    }

    /** The bar sticks to the lower edge while rows are picked; what the keyboard comes to must not lie under it. */
    @Test
    void barShouldNotCoverWhatTheKeyboardComesTo() throws Exception {
        for (int i = 0; i < 8; i++) {
            hold("Row " + i);
        }
        page.setViewportSize(400, 700);
        open("/held");
        page.locator("input[name=pick]").first().focus();
        page.keyboard().press("Space");
        page.locator("form.has-picked").waitFor();
        for (String there : List.of("always", "preserve", "forward", "forward-only")) {
            for (int i = 0; i < 40 && !there.equals(page.evaluate("document.activeElement.id")); i++) {
                page.keyboard().press("Tab");
            }
            assertThat(page.evaluate("document.activeElement.id")).isEqualTo(there);
            assertThat(page.evaluate("""
                    () => {
                      const at = document.activeElement.getBoundingClientRect();
                      const top = document.elementFromPoint(at.left + at.width / 2, at.top + at.height / 2);
                      return top === document.activeElement;
                    }""")).as(there + " can be seen").isEqualTo(true);
        }
        assertSound();
        page.locator("#defer").focus();
        page.keyboard().press("Enter");
        assertThat(done()).isEqualTo("One message goes on waiting.");
    }

    @Test
    void membersShouldBeFoundChangedAndRemoved() {
        open("/members?find=bert");
        assertThat(page.locator("tbody tr").count()).isEqualTo(1);
        assertSound();
        page.getByText("bert@example.net").click();
        page.locator("#status").selectOption("by_moderator");
        page.locator("#save").click();
        assertThat(done()).isEqualTo("bert@example.net was changed.");

        open("/members?status=by_moderator");
        assertThat(page.locator("tbody").textContent()).contains("bert@example.net", "stopped by a moderator");
        page.locator("input[name=pick]").check();
        page.locator("[popovertarget=removing]").first().click();
        page.locator("#remove").click();

        assertThat(done()).isEqualTo("One person was removed from the list.");
        assertThat(page.locator(".empty").count()).isEqualTo(1);
    }

    @Test
    void changeOverSomebodyElsesShouldShowBothVersions() {
        open("/members?find=anna");
        page.getByText("anna@example.org").click();
        page.locator("#name").fill("Mine");
        Page other = page.context().newPage();
        other.navigate(page.url());
        other.locator("#name").fill("Theirs");
        other.locator("#save").click();
        other.locator(".notice.good").waitFor();

        page.locator("#save").click();

        page.locator(".versions").waitFor();
        assertThat(page.locator(".versions").textContent()).contains("Theirs", "Mine");
        assertSound();
        page.locator("#resolve").click();
        assertThat(done()).contains("changed");
    }

    @Test
    void wrongLinesShouldStayInTheFormWithTheirReasons() {
        open("/members/add");
        page.locator("#people").fill("carla@example.org\nno address\nAnna <anna@example.org>");
        page.locator("#manner").selectOption("at_once");
        page.locator("#submit").click();
        page.locator("#people-error").getByText("2 lines were not taken").waitFor();

        assertThat(page.locator("#people").inputValue()).isEqualTo("no address\nAnna <anna@example.org>");
        assertThat(page.locator("tbody").textContent()).contains("is not one e-mail address", "has this role already");
        assertSound();
        open("/members?find=carla");
        assertThat(page.locator("tbody tr").count()).isEqualTo(1);
    }

    @Test
    void topicsOfTheListShouldBeChosenOnTheMembersPage() {
        open("/members");
        page.locator("tbody a")
                .filter(new Locator.FilterOptions().setHasText("anna@"))
                .click();
        assertThat(page.locator("#topics").count()).as("nothing to choose").isZero();
        String member = page.url();
        APIResponse set = page.request()
                .patch(
                        "/3.1/lists/" + id + "/config",
                        RequestOptions.create()
                                .setHeader("Authorization", basic())
                                .setData(Map.of("topics_enabled", true, "topics", List.of("Trains: locomotive"))));
        assertThat(set.status()).as(set.text()).isEqualTo(204);

        page.navigate(member);
        assertThat(page.locator("#topics-help").textContent()).contains("Trains");
        assertSound();
        page.locator("#topics").fill("Planes");
        page.locator("#member button[type=submit], #member input[type=submit]")
                .first()
                .click();
        page.locator("#topics-error").getByText("Planes").waitFor();
        page.locator("#topics").fill("Trains");
        page.locator("#receiveUntagged").check();
        page.locator("#member button[type=submit], #member input[type=submit]")
                .first()
                .click();
        assertThat(done()).contains("anna@");

        page.navigate(member);
        assertThat(page.locator("#topics").inputValue()).isEqualTo("trains");
        assertThat(page.locator("#receiveUntagged").isChecked()).isTrue();
    }

    @Test
    void digestsShouldBeSentAndNumberedOn() throws Exception {
        Rest rest = new Rest("http://127.0.0.1:" + node.httpPort() + "/3.1", PackagedNode.USER, PackagedNode.PASSWORD);
        assertThat(rest.form("PATCH", "/lists/" + id + "/config", "default_member_action", "accept")
                        .status())
                .isEqualTo(204);
        assertThat(rest.form("PATCH", "/addresses/bert@example.net/preferences", "delivery_mode", "mime_digests")
                        .status())
                .isEqualTo(204);
        open("/digests");
        assertThat(page.locator("#waiting").textContent()).isEqualTo("no posts, 0 KiB");
        assertThat(page.locator("#send").count()).as("nothing to send").isZero();
        String message = PackagedNode.message("anna@example.org", list, "First", PackagedNode.newMessageId());
        node.deliver("anna@example.org", List.of(list), message);
        assertThat(Eventually.holds(
                        SOON, () -> rest.get("/lists/" + id + "/digest").json().getInt("collected_posts") == 1))
                .isTrue();

        open("/digests");
        assertThat(page.locator("#waiting").textContent()).startsWith("one post, ");
        assertThat(page.locator("#next").textContent()).isEqualTo("Vol 1, Issue 1");
        assertSound();
        page.locator("#send").click();
        assertThat(done()).isEqualTo("One digest goes out.");
        assertThat(page.locator("#waiting").textContent()).isEqualTo("no posts, 0 KiB");
        assertThat(page.locator("#next").textContent()).isEqualTo("Vol 1, Issue 2");

        page.locator("button[popovertarget=number-on]").first().click();
        page.locator("#bump").click();
        assertThat(done()).isEqualTo("The next digest has another number.");
        assertThat(page.locator("#next").textContent()).isEqualTo("Vol 1, Issue 3");
    }

    private static String basic() {
        return "Basic "
                + Base64.getEncoder()
                        .encodeToString(
                                (PackagedNode.USER + ":" + PackagedNode.PASSWORD).getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void importShouldReportWrongRowsAndTakeTheOthers() {
        open("/members/import");
        page.locator("#submit").click();
        page.locator("#file-error").getByText("none was chosen").waitFor();
        page.locator("#file")
                .setInputFiles(new FilePayload(
                        "members.csv",
                        "text/csv",
                        "email,display_name\ndora@example.org,Dora\nwrong,Nobody\n".getBytes(StandardCharsets.UTF_8)));
        page.locator("#submit").click();
        page.locator("#summary").getByText("1 added").waitFor();

        String summary = page.url();
        assertThat(summary).contains("/manage/" + id + "/members/imports/");
        assertThat(page.locator("tbody").textContent()).contains("3", "wrong");
        assertSound();
        open("/members/import");
        page.getByText("members.csv").click();
        page.locator("#summary").getByText("1 added").waitFor();
        assertThat(page.url()).as("the summary can be linked").isEqualTo(summary);
        assertSound();
        APIResponse csv = page.request().get("/manage/" + id + "/members/export");
        assertThat(csv.headers().get("content-type")).startsWith("text/csv");
        assertThat(csv.text()).contains("dora@example.org,Dora");
    }

    @Test
    void fileLargerThanTheBoundShouldBeRefused() throws Exception {
        Path large = folder.resolve("large.csv");
        try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
            file.setLength(32 * 1024 * 1024 + 1);
        }
        open("/members/import");
        page.locator("#file").setInputFiles(large);
        page.locator("#submit").click();

        page.getByText("The file is too large").first().waitFor();
        open("/members");
        assertThat(page.locator("tbody tr").count()).isEqualTo(2);
    }

    @Test
    void pagesShouldNotBeReachedByTheirFilesNames() {
        for (String address : List.of("/members/import.xhtml", "/members/import.xhtml;x", "/members/import.upload")) {
            assertThat(page.request().get("/manage/_list-id" + address).status())
                    .as(address)
                    .isGreaterThanOrEqualTo(404)
                    .isLessThan(500);
        }
    }

    @Test
    void bansShouldBeAddedAndLiftedAndWrongOnesNamed() {
        open("/bans");
        page.locator("#email").fill("nobody");
        page.locator("#add").click();
        page.locator("#email-error").getByText("“nobody” is neither").waitFor();
        assertSound();
        page.locator("#email").fill("^.*@spam\\.example$");
        page.locator("#add").click();
        assertThat(done()).contains("is banned");
        page.locator("input[name=pick]").check();
        page.locator("#lift").click();

        assertThat(done()).isEqualTo("One ban was lifted.");
        assertSound();
    }

    @Test
    void textShouldBeTriedSavedAndReset() {
        open("/templates");
        assertSound();
        page.locator("a", new com.microsoft.playwright.Page.LocatorOptions().setHasText("list:user:notice:goodbye"))
                .first()
                .click();
        page.locator("#text").fill("Bye from $list_name,\n<b>${nonsense}</b>");
        page.locator("#previewed").getByText("<b>${nonsense}</b>").waitFor(); // by itself
        page.locator("#preview").click();
        page.locator("#previewed").getByText("<b>${nonsense}</b>").waitFor();
        assertThat(page.locator("#previewed").innerText())
                .startsWith("Bye from ")
                .doesNotContain("$list_name");
        assertThat(page.locator("#previewed-subject").innerText()).startsWith("You have left ");
        page.getByText("$nonsense in line 2").waitFor();
        assertSound();
        page.locator("#save").click();
        page.getByText("Text, line 2: there is no \u201c$nonsense\u201d here. Names are: ")
                .waitFor();
        assertSound();
        page.locator("#text").fill("Bye from $list_name,\n<b>${owner}</b>");
        page.locator("#save").click();
        assertThat(done()).isEqualTo("The text is saved.");
        assertThat(page.locator("#text").inputValue()).isEqualTo("Bye from $list_name,\n<b>${owner}</b>");
        assertSound();

        String address = page.url();
        com.microsoft.playwright.Page other = page.context().newPage();
        other.navigate(address);
        other.locator("#text").fill("theirs");
        other.locator("#save").click();
        other.getByText("The text is saved.").waitFor();
        other.close();
        page.locator("#text").fill("mine");
        page.locator("#save").click();
        page.locator("input[name=choose-text][value=theirs]").check();
        assertSound();
        page.locator("#resolve").click();
        assertThat(done()).isEqualTo("The text is saved.");
        assertThat(page.locator("#text").inputValue()).isEqualTo("theirs");

        page.locator("button[popovertarget=reset-text].danger").click();
        page.locator("#reset").click();
        assertThat(done()).contains("is gone");
        assertThat(page.locator("#reset-text").count()).isZero();
        assertSound();
    }

    @Test
    void topicShouldBeTriedAddedRenamedByTwoAtOnceAndRemoved() {
        open("/topics");
        page.locator("#name").fill("Steam ships");
        page.locator("#description").fill("<b>On water</b>");
        page.locator("#patterns").fill("vessel\n(");
        page.locator("#save").click();
        page.locator("#patterns-error")
                .getByText("“(” is no regular expression")
                .waitFor();
        assertSound();
        page.locator("#patterns").fill("vessel\nsteam(er|boat)");
        page.locator("#sample").fill("Subject: An old STEAMBOAT\n\n<i>x</i>\n");
        page.locator("#try").click();
        assertThat(page.locator("#found").innerText()).contains("steam(er|boat)", "An old STEAMBOAT");
        assertThat(page.locator("#patterns").inputValue()).isEqualTo("vessel\nsteam(er|boat)");
        assertSound();
        page.locator("#save").click();
        assertThat(done()).isEqualTo("Steam ships is saved.");
        assertThat(page.locator("#all-topics").innerText()).contains("<b>On water</b>", "vessel", "steam(er|boat)");
        assertSound();

        page.locator("#all-topics a").getByText("Steam ships").click();
        com.microsoft.playwright.Page other = page.context().newPage();
        other.navigate(page.url());
        other.locator("#patterns").fill("vessel");
        other.locator("#save").click();
        other.getByText("Steam ships is saved.").waitFor();
        other.close();
        page.locator("#name").fill("Boats");
        page.locator("#patterns").fill("boat");
        page.locator("#save").click();
        page.getByText("Saved by " + PackagedNode.USER).waitFor();
        page.locator("input[name=choose-patterns][value=theirs]").check();
        assertSound();
        page.locator("#resolve").click();
        assertThat(done()).isEqualTo("Boats is saved.");
        assertThat(page.locator("#all-topics").innerText())
                .contains("Boats", "vessel")
                .doesNotContain("steam(er|boat)", "Steam ships");

        page.locator("#all-topics a").getByText("Boats").click();
        page.locator("button[popovertarget=remove-topic].danger").click();
        page.locator("#remove").click();
        assertThat(done()).isEqualTo("Boats is removed.");
        assertSound();
    }

    @Test
    void headerChecksShouldBeAddedOrderedAndRemovedAndWrongOnesNamed() {
        open("/header-matches");
        page.locator("#header").fill("X-Spam-Flag");
        page.locator("#pattern").fill("(");
        page.locator("#add").click();
        page.locator("#pattern-error").getByText("“(” is no regular expression").waitFor();
        assertSound();
        page.locator("#pattern").fill("^yes");
        page.locator("#action").selectOption("discard");
        page.locator("#add").click();
        assertThat(done()).isEqualTo("x-spam-flag is checked from now on.");
        page.locator("#header").fill("Subject");
        page.locator("#pattern").fill("lottery");
        page.locator("#add").click();
        assertThat(done()).isEqualTo("subject is checked from now on.");
        assertThat(page.locator("tbody tr").first().textContent()).contains("x-spam-flag", "^yes", "discarded");

        page.locator("input[name=pick]").nth(1).check();
        page.locator("#first").click();
        assertThat(done()).isEqualTo("They are asked first from now on.");
        assertThat(page.locator("tbody tr").first().textContent()).contains("subject", "lottery");
        assertSound();
        page.locator("#remove").click();
        page.locator("main").getByText("Pick at least one check first.").waitFor();
        page.locator(".pick-all").click();
        page.locator("#remove").click();
        assertThat(done()).isEqualTo("2 checks were removed.");
    }

    @Test
    void requestToJoinShouldWaitAndBeAccepted() {
        String login = PackagedNode.USER + ":" + PackagedNode.PASSWORD;
        APIResponse moderated = page.request()
                .patch(
                        "/3.1/lists/" + id + "/config",
                        RequestOptions.create()
                                .setHeader(
                                        "Authorization",
                                        "Basic "
                                                + Base64.getEncoder()
                                                        .encodeToString(login.getBytes(StandardCharsets.UTF_8)))
                                .setData(Map.of("subscription_policy", "moderate")));
        assertThat(moderated.status()).isEqualTo(204);
        node.post(
                "/3.1/members",
                "{\"list_id\": \"" + id
                        + "\", \"subscriber\": \"eva@example.org\", \"pre_verified\": true, \"pre_confirmed\": true}");
        open("/requests");
        assertSound();
        page.locator("input[name=pick]").check();
        assertEnterInTheReasonDecidesNothing();
        page.locator("#accept").click();

        assertThat(done()).isEqualTo("One request was accepted.");
        assertThat(Eventually.holds(
                        SOON,
                        () -> node.get("/3.1/lists/" + id + "/member/eva@example.org")
                                        .status()
                                == 200))
                .isTrue();
    }
}

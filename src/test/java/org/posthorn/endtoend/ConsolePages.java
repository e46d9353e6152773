package org.posthorn.endtoend;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The console's pages as people name them, with an address of each on the {@link SampleSite}: what is looked at page by
 * page. A page that is not here is missed by {@code ConsolePagesTest}.
 *
 * @param name of its pictures
 * @param view the page's file below {@code webapp}
 * @param path its address; {@code {held}} and {@code {entry}} stand for what the sample site has
 */
record ConsolePages(String name, String view, String path, boolean signedIn) {

    private static final String MANAGE = "/manage/" + SampleSite.LIST;

    private static ConsolePages page(String name, String view, String path) {
        return new ConsolePages(name, view, path, true);
    }

    private static ConsolePages open(String name, String view, String path) {
        return new ConsolePages(name, view, path, false);
    }

    static final List<ConsolePages> ALL = List.of(
            open("front", "/index.xhtml", "/"),
            page("front-signed-in", "/index.xhtml", "/"),
            open("sign-in", "/login.xhtml", "/login"),
            open("not-found", "/error.xhtml", "/no-such-page"),
            page("site", "/site/index.xhtml", "/site"),
            page("site-queues", "/site/queues/index.xhtml", "/site/queues"),
            page("site-queue", "/site/queues/_queue.xhtml", "/site/queues/out"),
            page("site-shunted", "/site/shunted/index.xhtml", "/site/shunted"),
            page("site-shunted-bad", "/site/shunted/index.xhtml", "/site/shunted?queue=bad"),
            page("site-shunted-entry", "/site/shunted/_entry.xhtml", "/site/shunted/{entry}"),
            page("site-messages", "/site/messages.xhtml", "/site/messages"),
            page(
                    "site-message",
                    "/site/messages.xhtml",
                    "/site/messages?message_id=%3Cdelivered-1%40mail.example.org%3E&recipient=member7%40example.com"),
            page("site-smarthosts", "/site/smarthosts/index.xhtml", "/site/smarthosts"),
            page("site-smarthost", "/site/smarthosts/_name.xhtml", "/site/smarthosts/relay-a"),
            page("site-smarthost-new", "/site/smarthost-new.xhtml", "/site/smarthost-new"),
            page("site-users", "/site/users/index.xhtml", "/site/users"),
            page("site-user", "/site/users/_user.xhtml", "/site/users/{user}"),
            page("site-user-new", "/site/user-new.xhtml", "/site/user-new"),
            page("site-tokens", "/site/tokens.xhtml", "/site/tokens"),
            page("site-audit", "/site/audit.xhtml", "/site/audit"),
            page("site-nodes", "/site/nodes.xhtml", "/site/nodes"),
            page("site-lists", "/site/lists/index.xhtml", "/site/lists"),
            page("site-list-new", "/site/lists/new.xhtml", "/site/lists/new"),
            page("site-domains", "/site/domains/index.xhtml", "/site/domains"),
            page("site-domain", "/site/domains/_mail-host.xhtml", "/site/domains/lists.example.org"),
            page("search", "/search.xhtml", "/search?q=member"),
            open("list", "/lists/_list-id.xhtml", "/lists/" + SampleSite.LIST),
            open("confirm", "/confirm/_token.xhtml", "/confirm/no-such-token"),
            page("manage", "/manage/_list-id/index.xhtml", MANAGE),
            page("manage-members", "/manage/_list-id/members/index.xhtml", MANAGE + "/members"),
            page("manage-member", "/manage/_list-id/members/_member.xhtml", MANAGE + "/members/{member}"),
            page("manage-members-add", "/manage/_list-id/members/add.xhtml", MANAGE + "/members/add"),
            page("manage-members-import", "/manage/_list-id/members/import.xhtml", MANAGE + "/members/import"),
            page(
                    "manage-members-imported",
                    "/manage/_list-id/members/imports/_import.xhtml",
                    MANAGE + "/members/imports/{import}"),
            page("manage-requests", "/manage/_list-id/requests.xhtml", MANAGE + "/requests"),
            page("manage-held", "/manage/_list-id/held/index.xhtml", MANAGE + "/held"),
            page("manage-held-message", "/manage/_list-id/held/_request/index.xhtml", MANAGE + "/held/{held}"),
            page("manage-header-matches", "/manage/_list-id/header-matches.xhtml", MANAGE + "/header-matches"),
            page("manage-topics", "/manage/_list-id/topics.xhtml", MANAGE + "/topics"),
            page("manage-simulator", "/manage/_list-id/simulator.xhtml", MANAGE + "/simulator"),
            page("manage-digests", "/manage/_list-id/digests.xhtml", MANAGE + "/digests"),
            page("manage-bans", "/manage/_list-id/bans.xhtml", MANAGE + "/bans"),
            page("manage-templates", "/manage/_list-id/templates/index.xhtml", MANAGE + "/templates"),
            page(
                    "manage-template",
                    "/manage/_list-id/templates/_template.xhtml",
                    MANAGE + "/templates/list:user:notice:welcome"),
            page("site-templates", "/site/templates/index.xhtml", "/site/templates"),
            page(
                    "site-templates-of-domain",
                    "/site/templates/_context/index.xhtml",
                    "/site/templates/lists.example.org"),
            page(
                    "site-template",
                    "/site/templates/_context/_template.xhtml",
                    "/site/templates/site/list:member:regular:footer"),
            page("manage-settings", "/manage/_list-id/settings/index.xhtml", MANAGE + "/settings"),
            page(
                    "manage-settings-who-may-post",
                    "/manage/_list-id/settings/_intent.xhtml",
                    MANAGE + "/settings/who-may-post"),
            page(
                    "manage-settings-what-mail-looks-like",
                    "/manage/_list-id/settings/_intent.xhtml",
                    MANAGE + "/settings/what-mail-looks-like"),
            page("manage-rename", "/manage/_list-id/rename.xhtml", MANAGE + "/rename"),
            page("manage-delete", "/manage/_list-id/delete.xhtml", MANAGE + "/delete"));

    /** @param known what the places in braces stand for; @return the address on that site */
    String on(Map<String, String> known) {
        String filled = path;
        for (Map.Entry<String, String> one : known.entrySet()) {
            filled = filled.replace("{" + one.getKey() + "}", one.getValue());
        }
        return filled;
    }

    static String names() {
        return ALL.stream().map(ConsolePages::name).collect(Collectors.joining(", "));
    }
}

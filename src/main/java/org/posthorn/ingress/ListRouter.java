package org.posthorn.ingress;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.posthorn.ingress.Route.Purpose;
import org.posthorn.list.ListName;
import org.posthorn.mail.EmailAddress;
import org.posthorn.platform.Sql;

/**
 * Routes by what the database says at this moment: nothing is cached, so a list that was just made, or removed on another
 * node, is known at once. One indexed query finds a list by its own address; only when that knows nothing, a second one
 * looks among what renamed lists were called and at the domains' aliases, and a third among the lists' acceptable aliases.
 *
 * <p>A list's name never ends in a reserved suffix, so a local part has at most one meaning per list name, and at most
 * two names come into question: all of it, and what stands before the suffix.
 */
public final class ListRouter implements RecipientRouter {

    private static final String BY_NAME = """
            select id, list_id, list_name from mailing_list
            where domain_id = (select id from domain where mail_host = ?) and list_name in (?, ?)
            """;

    /**
     * What a list was called, exactly so; what is in the domain of which this one is an alias; what was called so there. In
     * this order: the name of a domain that was given up lives on as an alias, and what was promised to its old addresses
     * goes before a list of the same name that the alias would lead to.
     */
    private static final String BY_OTHER_NAME = """
            select id, list_id, list_name from (
                select l.id, l.list_id, f.list_name, 1 as place
                from list_former_name f join mailing_list l on l.id = f.list_id
                where f.mail_host = ? and f.list_name in (?, ?)
                union all
                select l.id, l.list_id, l.list_name, 2
                from mailing_list l
                where l.domain_id = (select domain_id from domain_alias where alias = ?) and l.list_name in (?, ?)
                union all
                select l.id, l.list_id, f.list_name, 3
                from list_former_name f join mailing_list l on l.id = f.list_id
                where f.mail_host = (select d.mail_host from domain_alias a join domain d on d.id = a.domain_id where a.alias = ?)
                  and f.list_name in (?, ?)) named
            order by place
            """;

    private static final String BY_ALIAS = """
            select l.id, l.list_id from acceptable_alias a join mailing_list l on l.id = a.list_id
            where a.alias = ? order by l.id
            """;

    private static final String IS_DOMAIN =
            "select 1 from domain where mail_host = ? union all select 1 from domain_alias where alias = ?";

    private static final String BY_NUMBER =
            "select id, list_id from mailing_list where id = ? and exists (" + IS_DOMAIN + ")";

    /** A list's number, and what a subaddress of its own would say. */
    private static final Pattern FOR_LIST = Pattern.compile("([0-9]{1,18})-([A-Za-z0-9]+)");

    /** Longest first where one ends like another. */
    private static final Map<String, Purpose> SUFFIXES = suffixes();

    /** Only these take a subaddress. */
    private static final Map<String, Purpose> SUBADDRESSED =
            Map.of("-bounces+", Purpose.BOUNCES, "-confirm+", Purpose.CONFIRM);

    private final Sql sql;

    public ListRouter(Sql sql) {
        this.sql = sql;
    }

    private record Found(long id, String listId, String name) {}

    private record Reading(String listName, Purpose purpose, String subaddress) {}

    @Override
    public Optional<Route> route(EmailAddress recipient) {
        return bySite(recipient)
                .or(() -> bySiteForList(recipient))
                .or(() -> byName(BY_NAME, recipient))
                .or(() -> byName(BY_OTHER_NAME, recipient))
                .or(() -> byAlias(recipient));
    }

    /** The site's own bounce address, in each of its domains. */
    private Optional<Route> bySite(EmailAddress recipient) {
        return read(recipient.local())
                .filter(reading -> reading.purpose == Purpose.BOUNCES && reading.listName.equals(ListName.SITE))
                .flatMap(reading -> sql.first(
                        IS_DOMAIN,
                        row -> new Route(
                                null, ListName.SITE, recipient.address(), Purpose.SITE_BOUNCES, reading.subaddress),
                        recipient.domain(),
                        recipient.domain()));
    }

    /** The site's own confirm address with a list's number, in each of its domains: a list's own is too long with its name. */
    private Optional<Route> bySiteForList(EmailAddress recipient) {
        Optional<Matcher> found = read(recipient.local())
                .filter(reading -> reading.purpose == Purpose.CONFIRM && reading.listName.equals(ListName.SITE))
                .map(reading -> FOR_LIST.matcher(reading.subaddress))
                .filter(Matcher::matches);
        return found.flatMap(parts -> sql.first(
                BY_NUMBER,
                row -> new Route(
                        row.getLong(1), row.getString(2), recipient.address(), Purpose.CONFIRM, parts.group(2)),
                Long.parseLong(parts.group(1)),
                recipient.domain(),
                recipient.domain()));
    }

    private Optional<Route> byName(String query, EmailAddress recipient) {
        Reading whole = new Reading(recipient.local().toLowerCase(Locale.ROOT), Purpose.POST, "");
        Reading suffixed = read(recipient.local()).orElse(whole);
        List<String> names = List.of(recipient.domain(), whole.listName, suffixed.listName);
        Object[] parameters = Collections.nCopies(query.equals(BY_NAME) ? 1 : 3, names).stream()
                .flatMap(List::stream)
                .toArray();
        List<Found> lists =
                sql.list(query, row -> new Found(row.getLong(1), row.getString(2), row.getString(3)), parameters);
        return lists.stream().findFirst().map(list -> {
            Reading reading = list.name.equals(suffixed.listName) ? suffixed : whole;
            return new Route(list.id, list.listId, recipient.address(), reading.purpose, reading.subaddress);
        });
    }

    private Optional<Route> byAlias(EmailAddress recipient) {
        return sql.first(
                BY_ALIAS,
                row -> new Route(row.getLong(1), row.getString(2), recipient.address(), Purpose.POST, ""),
                recipient.key());
    }

    /** The local part as list name, suffix and subaddress; the subaddress keeps its case: it may be a token. */
    private static Optional<Reading> read(String local) {
        String lower = local.toLowerCase(Locale.ROOT);
        for (Map.Entry<String, Purpose> suffix : SUBADDRESSED.entrySet()) {
            int found = lower.indexOf(suffix.getKey());
            if (found > 0 && lower.length() == local.length()) {
                String subaddress = local.substring(found + suffix.getKey().length());
                return Optional.of(new Reading(lower.substring(0, found), suffix.getValue(), subaddress));
            }
        }
        for (Map.Entry<String, Purpose> suffix : SUFFIXES.entrySet()) {
            if (lower.endsWith(suffix.getKey())
                    && lower.length() > suffix.getKey().length()) {
                String name =
                        lower.substring(0, lower.length() - suffix.getKey().length());
                return Optional.of(new Reading(name, suffix.getValue(), ""));
            }
        }
        return Optional.empty();
    }

    private static Map<String, Purpose> suffixes() {
        Map<String, Purpose> suffixes = new LinkedHashMap<>();
        suffixes.put("-bounces", Purpose.BOUNCES);
        suffixes.put("-owner", Purpose.OWNER);
        suffixes.put("-admin", Purpose.OWNER);
        suffixes.put("-request", Purpose.REQUEST);
        suffixes.put("-join", Purpose.JOIN);
        suffixes.put("-subscribe", Purpose.JOIN);
        suffixes.put("-leave", Purpose.LEAVE);
        suffixes.put("-unsubscribe", Purpose.LEAVE);
        suffixes.put("-confirm", Purpose.CONFIRM);
        return suffixes;
    }
}

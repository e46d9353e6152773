package org.posthorn.moderation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.posthorn.list.Action;
import org.posthorn.list.HeaderMatch;
import org.posthorn.list.HeaderMatchRepository;
import org.posthorn.list.MailingList;
import org.posthorn.platform.Patterns;
import org.posthorn.platform.settings.HeaderChecks;
import org.posthorn.platform.settings.SettingException;
import org.posthorn.platform.settings.Settings;

/** What is looked for in a post's header: the site's checks, then the list's header matches. */
@ApplicationScoped
public class AllHeaderChecks {

    private final HeaderMatchRepository matches;
    private final Action siteAction;
    private final List<HeaderCheck> sites;

    protected AllHeaderChecks() {
        this.matches = null;
        this.siteAction = null;
        this.sites = null;
    }

    @Inject
    public AllHeaderChecks(HeaderMatchRepository matches, Settings settings) {
        this(matches, settings.headerChecks());
    }

    AllHeaderChecks(HeaderMatchRepository matches, HeaderChecks site) {
        this.matches = matches;
        this.siteAction = Action.valueOf(site.action().toUpperCase(Locale.ROOT));
        this.sites = sites(site);
    }

    /** @throws SettingException at one that RE2, by which posts are matched in linear time, does not take */
    public static void requireUsable(HeaderChecks site) {
        sites(site);
    }

    private static List<HeaderCheck> sites(HeaderChecks site) {
        Action action = Action.valueOf(site.action().toUpperCase(Locale.ROOT));
        return site.checks().stream()
                .map(check -> check(check.header(), check.pattern(), action)
                        .orElseThrow(() -> new SettingException(
                                "POSTHORN_HEADER_CHECKS",
                                check.header() + ": " + check.pattern(),
                                "a regular expression of the kind RE2 behind the colon, with repeats of at most 1000")))
                .toList();
    }

    List<HeaderCheck> of(MailingList list) {
        Stream<HeaderCheck> lists = matches.stored(list.getId()).stream().flatMap(match -> check(match).stream());
        return Stream.concat(sites.stream(), lists).toList();
    }

    private Optional<HeaderCheck> check(HeaderMatch match) {
        Action action = match.getAction() == null ? siteAction : match.getAction();
        return check(match.getHeader(), match.getPattern(), action);
    }

    private static Optional<HeaderCheck> check(String header, String expression, Action action) {
        return Patterns.of(expression).map(pattern -> new HeaderCheck(header, pattern, action));
    }
}

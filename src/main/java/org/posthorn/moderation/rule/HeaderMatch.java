package org.posthorn.moderation.rule;

import java.util.stream.Stream;
import org.posthorn.mail.HeaderBlock;
import org.posthorn.moderation.HeaderCheck;
import org.posthorn.moderation.IncomingPost;
import org.posthorn.moderation.Reason;
import org.posthorn.moderation.Rule;
import org.posthorn.moderation.Verdict;

/**
 * A header field of a certain name holds a certain pattern, by the site's checks and then by the list's header matches:
 * the first decides, with the action that was chosen for it. Fields are looked at as they came and, where that is something
 * else, as people read them.
 */
public final class HeaderMatch implements Rule {

    @Override
    public String name() {
        return "header-match";
    }

    @Override
    public Verdict check(IncomingPost post) {
        return post.headerChecks().stream()
                .filter(check -> matches(check, post.header()))
                .findFirst()
                .<Verdict>map(check -> new Verdict.Hit(
                        Reason.of("header-match", "header", check.header()),
                        check.action(),
                        check.header() + ": " + check.pattern().pattern()))
                .orElse(Verdict.MISS);
    }

    private static boolean matches(HeaderCheck check, HeaderBlock header) {
        return Stream.concat(header.values(check.header()).stream(), header.all(check.header()).stream())
                .anyMatch(value -> check.pattern().matcher(value).find());
    }
}

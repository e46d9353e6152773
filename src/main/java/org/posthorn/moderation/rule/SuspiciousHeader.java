package org.posthorn.moderation.rule;

import java.util.Optional;
import java.util.stream.Stream;
import org.posthorn.mail.HeaderBlock;
import org.posthorn.moderation.IncomingPost;
import org.posthorn.moderation.Reason;
import org.posthorn.moderation.Rule;
import org.posthorn.moderation.Verdict;

/**
 * A field matches a line of the list's {@code bounce_matching_headers}: Mailman's older way of header matches, which lists
 * that were moved from it still have. Fields are looked at as they came and as people read them.
 */
public final class SuspiciousHeader implements Rule {

    @Override
    public String name() {
        return "suspicious-header";
    }

    @Override
    public Verdict check(IncomingPost post) {
        return post.list().posting().getBounceMatchingHeaders().stream()
                .map(org.posthorn.list.SuspiciousHeader::parse)
                .flatMap(Optional::stream)
                .filter(line -> matches(line, post.header()))
                .findFirst()
                .map(line -> Verdict.hitIf(true, Reason.of("suspicious-header", "header", line.header())))
                .orElse(Verdict.MISS);
    }

    private static boolean matches(org.posthorn.list.SuspiciousHeader line, HeaderBlock header) {
        return Stream.concat(header.values(line.header()).stream(), header.all(line.header()).stream())
                .anyMatch(value -> line.pattern().matcher(value).find());
    }
}

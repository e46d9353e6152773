package org.posthorn.console.overview;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.posthorn.console.door.Here;
import org.posthorn.console.frame.Rate;
import org.posthorn.list.Counters;
import org.posthorn.list.DeliveryStatus;
import org.posthorn.list.ListCounters;
import org.posthorn.list.Role;
import org.posthorn.list.members.MemberCount;
import org.posthorn.list.members.MemberFilter;
import org.posthorn.list.members.MemberTable;
import org.posthorn.list.subscription.WaitingRequests;
import org.posthorn.moderation.HeldMessages;
import org.posthorn.queue.ArrivalRates;
import org.posthorn.queue.PostingReports;
import org.posthorn.queue.PostingReports.Latest;

/** {@code /manage/{list-id}}: every number comes from an index, none from going through all posts or members. */
@Named
@RequestScoped
public class ListOverview {

    private static final int POSTS = 10;
    private static final Duration DAY = Duration.ofDays(1);
    private static final int DAYS = 30;

    @Inject
    private HeldMessages held;

    @Inject
    private WaitingRequests requests;

    @Inject
    private MemberTable members;

    @Inject
    private PostingReports reports;

    @Inject
    private ListCounters counters;

    @Inject
    private ArrivalRates arrivals;

    @Inject
    private Clock clock;

    @Inject
    private Here here;

    private Rate rate;
    private long heldCount;
    private long requestCount;
    private List<Latest> posts;
    private List<OfRole> roles;
    private List<Stopped> stopped;
    private Counters counted;

    /** How many have a role. */
    public record OfRole(Role role, String value, MemberCount count) {}

    /** How many members get nothing, and why. */
    public record Stopped(DeliveryStatus status, String value, MemberCount count) {}

    @PostConstruct
    void read() {
        long list = here.listId();
        if (here.may("MODERATE")) {
            heldCount = held.count(list);
            requestCount = requests.count(list);
        }
        posts = reports.latestOf(list, POSTS);
        rate = new Rate(clock.instant(), DAY, arrivals.ofList(list, DAY, DAYS));
        counted = counters.of(list);
        roles = Arrays.stream(Role.values())
                .map(role -> new OfRole(role, value(role), members.count(list, MemberFilter.of(role))))
                .toList();
        stopped = Stream.of(DeliveryStatus.BY_BOUNCES, DeliveryStatus.BY_MODERATOR, DeliveryStatus.BY_USER)
                .map(status -> new Stopped(
                        status, value(status), members.count(list, new MemberFilter(Role.MEMBER, "", status, null))))
                .toList();
    }

    private static String value(Enum<?> constant) {
        return constant.name().toLowerCase(java.util.Locale.ROOT);
    }

    public long getHeld() {
        return heldCount;
    }

    public long getRequests() {
        return requestCount;
    }

    public List<Latest> getPosts() {
        return posts;
    }

    public List<OfRole> getRoles() {
        return roles;
    }

    public List<Stopped> getStopped() {
        return stopped;
    }

    /** How many posts the list has had. */
    public long getPosted() {
        return counted.postId() - 1;
    }

    /** Posts of the last thirty days, day by day; never more than {@link #getBound()} of them. */
    public Rate getRate() {
        return rate;
    }

    public int getBound() {
        return ArrivalRates.MOST_OF_LIST;
    }

    /** The chart's figures, the latest day first. */
    public List<Rate.Span> getDays() {
        List<Rate.Span> days = rate.getSpans();
        Collections.reverse(days);
        return days;
    }

    public Counters getCounted() {
        return counted;
    }
}

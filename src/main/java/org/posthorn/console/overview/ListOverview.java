package org.posthorn.console.overview;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.posthorn.console.door.Here;
import org.posthorn.list.Counters;
import org.posthorn.list.DeliveryStatus;
import org.posthorn.list.ListCounters;
import org.posthorn.list.Role;
import org.posthorn.list.members.MemberCount;
import org.posthorn.list.members.MemberFilter;
import org.posthorn.list.members.MemberTable;
import org.posthorn.list.subscription.WaitingRequests;
import org.posthorn.moderation.HeldMessages;
import org.posthorn.queue.PostingReports;
import org.posthorn.queue.PostingReports.Latest;

/** {@code /manage/{list-id}}: every number comes from an index, none from going through posts or members. */
@Named
@RequestScoped
public class ListOverview {

    private static final int POSTS = 10;

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
    private Here here;

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

    public Counters getCounted() {
        return counted;
    }
}

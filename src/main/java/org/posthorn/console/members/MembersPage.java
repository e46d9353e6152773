package org.posthorn.console.members;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.annotation.ManagedProperty;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.posthorn.console.door.Here;
import org.posthorn.list.DeliveryMode;
import org.posthorn.list.DeliveryStatus;
import org.posthorn.list.Role;
import org.posthorn.list.members.MemberCount;
import org.posthorn.list.members.MemberFilter;
import org.posthorn.list.members.MemberRow;
import org.posthorn.list.members.MemberSlice;
import org.posthorn.list.members.MemberTable;

/** {@code /manage/{list-id}/members?role=…&find=…&status=…&mode=…&before=…}: who is here? */
@Named
@RequestScoped
public class MembersPage {

    private static final int SIZE = 50;

    @Inject
    private MemberTable table;

    @Inject
    private Here here;

    @Inject
    @ManagedProperty("#{param}")
    private Map<String, String> parameters;

    private MemberFilter filter;
    private long before;
    private MemberSlice slice;
    private MemberCount count;

    /** A role's tab. */
    public record Tab(Role role, String href, boolean current) {}

    @PostConstruct
    void read() {
        filter = new MemberFilter(
                Choices.parse(Role.class, parameters.get("role")).orElse(Role.MEMBER),
                parameters.get("find"),
                Choices.parse(DeliveryStatus.class, parameters.get("status")).orElse(null),
                Choices.parse(DeliveryMode.class, parameters.get("mode")).orElse(null));
        String asked = parameters.getOrDefault("before", "");
        before = asked.matches("[0-9]{1,18}") ? Long.parseLong(asked) : Long.MAX_VALUE;
        slice = table.page(here.listId(), filter, before, SIZE);
        count = table.count(here.listId(), filter);
    }

    public List<Tab> getTabs() {
        return Arrays.stream(Role.values())
                .map(role -> new Tab(role, "?role=" + Choices.value(role), role == filter.role()))
                .toList();
    }

    public List<MemberRow> getRows() {
        return slice.rows();
    }

    public MemberCount getCount() {
        return count;
    }

    public String getRole() {
        return Choices.value(filter.role());
    }

    public String getFind() {
        return filter.term();
    }

    public String getStatus() {
        return Choices.value(filter.status());
    }

    public String getMode() {
        return Choices.value(filter.mode());
    }

    /** Whether anything but the role is asked for. */
    public boolean isNarrowed() {
        return !filter.equals(MemberFilter.of(filter.role()));
    }

    /** Where the latest are; empty: they are here. */
    public String getFirst() {
        return before == Long.MAX_VALUE ? "" : query("");
    }

    /** Where those are who joined before these; empty: there are none. */
    public String getEarlier() {
        return slice.more()
                ? query("&before=" + slice.rows().get(slice.rows().size() - 1).id())
                : "";
    }

    private String query(String end) {
        StringBuilder query = new StringBuilder("?role=").append(getRole());
        Map.of("find", getFind(), "status", getStatus(), "mode", getMode()).forEach((name, value) -> {
            if (!value.isEmpty()) {
                query.append('&').append(name).append('=').append(URLEncoder.encode(value, StandardCharsets.UTF_8));
            }
        });
        return query.append(end).toString();
    }
}

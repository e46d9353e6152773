package org.posthorn.console.frame;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.stream.Stream;
import org.posthorn.console.door.Here;
import org.posthorn.console.door.Pages;
import org.posthorn.list.access.ManagedLists;
import org.posthorn.platform.actor.Right;
import org.posthorn.platform.actor.Rights;

/** The links on the left: the lists that the reader manages, the rooms of the page's list, the site for those who may. */
@Named
@RequestScoped
public class Navigation {

    private static final int LISTS = 20;

    private static final List<String> OF_SITE = List.of(
            "index",
            "queues",
            "shunted",
            "messages",
            "smarthosts",
            "nodes",
            "jobs",
            "domains",
            "lists",
            "templates",
            "users",
            "tokens",
            "audit",
            "settings",
            "doctor");

    private static final List<Room> OF_LIST = List.of(
            new Room("index", Right.SEE_MEMBERS),
            new Room("held", Right.MODERATE),
            new Room("requests", Right.MODERATE),
            new Room("members", Right.SEE_MEMBERS),
            new Room("settings", Right.CHANGE_LIST),
            new Room("bounces", Right.SEE_MEMBERS),
            new Room("templates", Right.CHANGE_LIST),
            new Room("bans", Right.CHANGE_MEMBERS),
            new Room("header-matches", Right.CHANGE_LIST),
            new Room("topics", Right.CHANGE_LIST),
            new Room("digests", Right.CHANGE_LIST),
            new Room("statistics", Right.SEE_MEMBERS),
            new Room("simulator", Right.MODERATE));

    @Inject
    private Here here;

    @Inject
    private Pages pages;

    @Inject
    private Rights rights;

    @Inject
    private ManagedLists managed;

    private List<ManagedLists.Managed> lists;

    private record Room(String name, Right right) {}

    /** A link; its words are the text {@code nav.<name>}. */
    public record Link(String name, String href, boolean current) {

        public String getName() {
            return name;
        }

        public String getHref() {
            return href;
        }

        public boolean isCurrent() {
            return current;
        }
    }

    public List<ManagedLists.Managed> getLists() {
        if (lists == null) {
            lists = here.isSignedIn() ? managed.of(here.getVisitor().getSubscriberId(), LISTS) : List.of();
        }
        return lists;
    }

    /** Whether the page's list is not among those shown: a server owner has no role on it. */
    public boolean isElsewhere() {
        return isManaging()
                && getLists().stream()
                        .noneMatch(list -> list.getId() == here.getList().getId());
    }

    /** Whether the page is one of those by which a list is managed. */
    public boolean isManaging() {
        return here.getList() != null && here.getPath().startsWith("/manage/");
    }

    /** The rooms of the page's list that are there and open to the reader. */
    public List<Link> getRooms() {
        if (!isManaging()) {
            return List.of();
        }
        String base = "/manage/" + here.getList().getListId();
        return OF_LIST.stream()
                .filter(room -> pages.exists("/manage/_list-id/" + room.name() + ".xhtml")
                        || pages.exists("/manage/_list-id/" + room.name() + "/index.xhtml"))
                .filter(room -> rights.has(room.right(), here.getList().getId()))
                .map(room -> link(room.name(), base))
                .toList();
    }

    /** The rooms of the site that are there; none for those who may not see the site. */
    public List<Link> getSite() {
        if (!here.isSignedIn() || !rights.has(Right.SEE_SITE) && !rights.has(Right.OPERATE_SITE)) {
            return List.of();
        }
        return OF_SITE.stream()
                .filter(name ->
                        Stream.of(".xhtml", "/index.xhtml").anyMatch(end -> pages.exists("/site/" + name + end)))
                .map(name -> link(name, "/site"))
                .toList();
    }

    private Link link(String name, String base) {
        if (name.equals("index")) {
            return new Link(name, base, here.getPath().equals(base));
        }
        String href = base + "/" + name;
        return new Link(
                name, href, here.getPath().equals(href) || here.getPath().startsWith(href + "/"));
    }
}

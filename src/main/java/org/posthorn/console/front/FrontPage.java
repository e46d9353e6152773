package org.posthorn.console.front;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.posthorn.console.door.Here;
import org.posthorn.console.frame.Pager;
import org.posthorn.list.ListDirectory;
import org.posthorn.list.Page;
import org.posthorn.list.Paging;
import org.posthorn.list.access.ManagedLists;

/** {@code /}: what waits for whoever has signed in, and which lists are here. */
@Named
@RequestScoped
public class FrontPage {

    private static final int SIZE = 25;
    private static final int MANAGED = 200;

    @Inject
    private ListDirectory directory;

    @Inject
    private ManagedLists managed;

    @Inject
    private Here here;

    @Inject
    private HttpServletRequest request;

    private Page<ListLine> page;
    private Pager pager;
    private String text;
    private List<ManagedLists.Managed> mine;

    @PostConstruct
    void read() {
        ListDirectory.Wanted wanted = new ListDirectory.Wanted(request.getParameter("lists"), "");
        text = wanted.text();
        int number = Pager.number(request.getParameter("page"));
        page = directory.advertised(wanted, new Paging(SIZE, number)).map(ListLine::new);
        pager = Pager.of(number, SIZE, page.total(), "lists", text);
        mine = here.isSignedIn() ? managed.of(here.getVisitor().getSubscriberId(), MANAGED) : List.of();
    }

    /** The advertised lists, in order of their names. */
    public List<ListLine> getLists() {
        return page.entries();
    }

    public Pager getPager() {
        return pager;
    }

    /** What was searched for. */
    public String getText() {
        return text;
    }

    /** Whether there are so many lists that one wants to search, or that one has. */
    public boolean isSearchable() {
        return page.total() > SIZE || !text.isEmpty();
    }

    /** The lists that the reader manages where something waits. */
    public List<ManagedLists.Managed> getWaiting() {
        return mine.stream().filter(list -> list.getWaiting() > 0).toList();
    }

    public boolean isManaging() {
        return !mine.isEmpty();
    }
}

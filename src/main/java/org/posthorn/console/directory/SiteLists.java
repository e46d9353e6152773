package org.posthorn.console.directory;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.posthorn.console.frame.Pager;
import org.posthorn.console.front.ListLine;
import org.posthorn.list.ListDirectory;
import org.posthorn.list.Page;
import org.posthorn.list.Paging;

/** {@code /site/lists}: which lists are here, how large, and where something waits. */
@Named
@RequestScoped
public class SiteLists {

    private static final int SIZE = 50;

    @Inject
    private ListDirectory directory;

    @Inject
    private HttpServletRequest request;

    private ListDirectory.Wanted wanted;
    private Page<ListLine> page;
    private Pager pager;

    @PostConstruct
    void read() {
        wanted = new ListDirectory.Wanted(request.getParameter("filter"), request.getParameter("domain"));
        int number = Pager.number(request.getParameter("page"));
        page = directory.all(wanted, new Paging(SIZE, number)).map(ListLine::new);
        pager = Pager.of(number, SIZE, page.total(), "filter", wanted.text(), "domain", wanted.mailHost());
    }

    public List<ListLine> getRows() {
        return page.entries();
    }

    public long getTotal() {
        return page.total();
    }

    public Pager getPager() {
        return pager;
    }

    public String getText() {
        return wanted.text();
    }

    public String getDomain() {
        return wanted.mailHost();
    }

    public boolean isFiltered() {
        return !wanted.text().isEmpty() || !wanted.mailHost().isEmpty();
    }

    public List<String> getDomains() {
        return directory.domains().stream()
                .map(ListDirectory.DomainRow::mailHost)
                .toList();
    }
}

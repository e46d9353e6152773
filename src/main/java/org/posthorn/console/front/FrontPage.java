package org.posthorn.console.front;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.posthorn.list.ListRepository;
import org.posthorn.list.Page;
import org.posthorn.list.Paging;

/** {@code /}: what is here. */
@Named
@RequestScoped
public class FrontPage {

    private static final int MOST = 200;

    /** A list as the front page shows it. */
    public record Entry(String name, String address, String description) {

        public String getName() {
            return name;
        }

        public String getAddress() {
            return address;
        }

        public String getDescription() {
            return description;
        }
    }

    @Inject
    private ListRepository repository;

    private Page<Entry> page;

    @PostConstruct
    void read() {
        page = repository
                .all(true, Paging.first(MOST))
                .map(list -> new Entry(
                        list.presentation().getDisplayName(),
                        list.getFqdnListname(),
                        list.presentation().getDescription()));
    }

    /** The advertised lists, in order of their names. */
    public List<Entry> getLists() {
        return page.entries();
    }

    /** How many more there are than are shown. */
    public long getMore() {
        return page.total() - page.entries().size();
    }
}

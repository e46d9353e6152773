package org.posthorn.console.door;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.Optional;
import org.posthorn.console.signin.Visitor;
import org.posthorn.list.ListRepository;
import org.posthorn.list.MailingList;
import org.posthorn.list.UnknownException;
import org.posthorn.platform.actor.Right;
import org.posthorn.platform.actor.Rights;

/** What a page knows of its address, and of who reads it: {@code here.path}, {@code here.list}, {@code here.may('MODERATE')}. */
@Named
@RequestScoped
public class Here {

    @Inject
    private ListRepository lists;

    @Inject
    private Rights rights;

    private String path = "/";
    private String query = "";
    private Map<String, String> parameters = Map.of();
    private Visitor visitor;
    private Optional<ListHere> list = Optional.empty();

    /** The list that the page is about. */
    public record ListHere(long id, String listId, String displayName, String address) {

        static ListHere of(MailingList list) {
            return new ListHere(
                    list.getId(), list.getListId(), list.presentation().getDisplayName(), list.getFqdnListname());
        }

        public long getId() {
            return id;
        }

        public String getListId() {
            return listId;
        }

        public String getDisplayName() {
            return displayName;
        }

        public String getAddress() {
            return address;
        }
    }

    void standAt(HttpServletRequest request, Map<String, String> parameters) {
        String asked = request.getRequestURI();
        this.path = asked.length() > 1 && asked.endsWith("/") ? asked.substring(0, asked.length() - 1) : asked;
        this.query = request.getQueryString() == null ? "" : request.getQueryString();
        this.parameters = parameters;
        this.list = Optional.ofNullable(parameters.get("list-id"))
                .flatMap(lists::byListId)
                .map(ListHere::of);
    }

    void readBy(Visitor who) {
        this.visitor = who;
    }

    /** The address as the browser has it, without the query. */
    public String getPath() {
        return path;
    }

    /** The address with its query. */
    public String getAddress() {
        return query.isEmpty() ? path : path + "?" + query;
    }

    /** @param name of a part of the address, {@code message} for {@code _message}; @return it, or the empty text */
    public String part(String name) {
        return parameters.getOrDefault(name, "");
    }

    /** The list of a page below {@code /manage} or {@code /lists}; null on others. */
    public ListHere getList() {
        return list.orElse(null);
    }

    /** @throws UnknownException when the page is about no list that is there */
    public long listId() {
        return list.orElseThrow(() -> new UnknownException("list", part("list-id")))
                .id();
    }

    public boolean isSignedIn() {
        return visitor != null;
    }

    /** Who reads the page; null where nobody has signed in. */
    public Visitor getVisitor() {
        return visitor;
    }

    /** @param right by its name; one that is for a list is asked for the page's list, else everywhere */
    public boolean may(String right) {
        Right asked = Right.valueOf(right);
        return asked.isOfList() && list.isPresent()
                ? rights.has(asked, list.get().id())
                : rights.has(asked);
    }
}

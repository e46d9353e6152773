package org.posthorn.console.front;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.posthorn.console.door.Here;
import org.posthorn.console.door.Pages;
import org.posthorn.console.signin.Redirect;
import org.posthorn.list.ListDirectory;
import org.posthorn.list.ListRepository;
import org.posthorn.list.MailingList;
import org.posthorn.list.Paging;
import org.posthorn.list.access.ManagedLists;
import org.posthorn.mail.EmailAddress;
import org.posthorn.platform.actor.Right;
import org.posthorn.platform.actor.Rights;

/**
 * {@code /search}: goes where what was typed leads. A list's name or address to the list; a Message-ID (in angle
 * brackets) to the message; another address to the people, for those who may see them. Where more than one place fits,
 * the page shows them.
 */
@Named
@RequestScoped
public class Search {

    private static final int MOST = 50;

    @Inject
    private ListDirectory directory;

    @Inject
    private ListRepository lists;

    @Inject
    private ManagedLists managed;

    @Inject
    private Rights rights;

    @Inject
    private Pages pages;

    @Inject
    private Here here;

    @Inject
    private HttpServletRequest request;

    @Inject
    private FacesContext faces;

    private String asked;
    private List<ListLine> found;

    @PostConstruct
    void read() {
        String typed = request.getParameter("q");
        asked = typed == null ? "" : typed.strip();
        found = List.of();
    }

    /** Before the page is shown: leads on where the way is clear. */
    public void lead() {
        target().ifPresent(path -> {
            Redirect.to(path, (HttpServletResponse) faces.getExternalContext().getResponse());
            faces.responseComplete();
        });
    }

    Optional<String> target() {
        if (asked.isEmpty()) {
            return Optional.empty();
        }
        Optional<MailingList> list = lists.byAnyName(asked);
        if (list.isPresent()) {
            return Optional.of(page(list.get().getId(), list.get().getListId()));
        }
        if (asked.startsWith("<") && isOperator()) {
            return Optional.of(getMessageHref());
        }
        if (isAddress()) {
            return isUsersShown() ? Optional.of(getUsersHref()) : Optional.empty();
        }
        ListDirectory.Wanted wanted = new ListDirectory.Wanted(asked, "");
        Paging first = Paging.first(MOST);
        found = (isOperator() ? directory.all(wanted, first) : directory.advertised(wanted, first))
                .map(ListLine::new)
                .entries();
        return found.size() == 1
                ? Optional.of(page(
                        lists.byListId(found.get(0).getListId()).orElseThrow().getId(),
                        found.get(0).getListId()))
                : Optional.empty();
    }

    private String page(long id, String listId) {
        return (rights.has(Right.SEE_MEMBERS, id) && pages.exists("/manage/_list-id/index.xhtml")
                        ? "/manage/"
                        : "/lists/")
                + listId;
    }

    /** What was typed. */
    public String getAsked() {
        return asked;
    }

    public boolean isAddress() {
        return !asked.startsWith("<") && EmailAddress.parse(asked).isPresent();
    }

    public boolean isOperator() {
        return rights.has(Right.SEE_SITE);
    }

    private boolean isUsersShown() {
        return rights.has(Right.CHANGE_USERS)
                && (pages.exists("/site/users.xhtml") || pages.exists("/site/users/index.xhtml"));
    }

    public String getUsersHref() {
        return "/site/users?q=" + encoded(asked);
    }

    public String getMessageHref() {
        return "/site/messages?message_id=" + encoded(asked);
    }

    /** The lists among whose members somebody with that address may be. */
    public List<ManagedLists.Managed> getMemberLists() {
        return isAddress() && here.isSignedIn() ? managed.of(here.getVisitor().getSubscriberId(), MOST) : List.of();
    }

    public String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Lists in whose name, address or description it stands. */
    public List<ListLine> getFound() {
        return found;
    }
}

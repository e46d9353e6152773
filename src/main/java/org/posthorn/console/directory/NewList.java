package org.posthorn.console.directory;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.model.SelectItem;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.posthorn.console.text.Texts;
import org.posthorn.list.DuplicateException;
import org.posthorn.list.Founding;
import org.posthorn.list.InvalidValueException;
import org.posthorn.list.ListDirectory;
import org.posthorn.list.ListStyle;
import org.posthorn.list.Lists;
import org.posthorn.list.MailingList;
import org.posthorn.list.UnknownException;
import org.posthorn.mail.EmailAddress;
import org.posthorn.platform.actor.Right;
import org.posthorn.platform.actor.Rights;

/** {@code /site/lists/new}. */
@Named
@RequestScoped
public class NewList {

    @Inject
    private ListDirectory directory;

    @Inject
    private Lists lists;

    @Inject
    private Founding founding;

    @Inject
    private Texts texts;

    @Inject
    private Refusals refusals;

    @Inject
    private Rights rights;

    private List<String> domains;
    private String name = "";
    private String domain;
    private String style = ListStyle.DISCUSSION.styleName();
    private String owner = "";

    @PostConstruct
    void read() {
        rights.require(Right.CHANGE_DOMAINS);
        domains = directory.domains().stream()
                .map(ListDirectory.DomainRow::mailHost)
                .toList();
    }

    public void create() {
        String first = owner == null ? "" : owner.strip();
        if (!first.isEmpty() && EmailAddress.parse(first).isEmpty()) {
            refusals.beside("new", "owner", "lists.wrong.owner", first);
            return;
        }
        try {
            String wanted = name.strip() + "@" + domain;
            MailingList list = first.isEmpty() ? lists.create(wanted, style) : founding.found(wanted, style, first);
            refusals.leave(
                    "/manage/" + list.getListId() + "/settings/names-and-addresses",
                    "lists.created",
                    list.getFqdnListname());
        } catch (Founding.OwnerRefusedException e) {
            refusals.beside("new", "owner", "lists.wrong.notOwner", first);
        } catch (InvalidValueException e) {
            refusals.beside("new", "name", "lists.wrong.name", name.strip().isEmpty() ? "–" : name.strip());
        } catch (DuplicateException e) {
            refusals.beside("new", "name", "lists.wrong.taken", name.strip() + "@" + domain);
        } catch (UnknownException e) {
            refusals.beside("new", "domain", "lists.wrong.domain", domain);
        }
    }

    public List<String> getDomains() {
        return domains;
    }

    public List<SelectItem> getStyles() {
        return ListStyle.names().stream()
                .map(each -> new SelectItem(each, texts.get("lists.style." + each)))
                .toList();
    }

    public String getName() {
        return name;
    }

    public void setName(String name) {
        this.name = name == null ? "" : name;
    }

    public String getDomain() {
        return domain;
    }

    public void setDomain(String domain) {
        this.domain = domain;
    }

    public String getStyle() {
        return style;
    }

    public void setStyle(String style) {
        this.style = style;
    }

    public String getOwner() {
        return owner;
    }

    public void setOwner(String owner) {
        this.owner = owner;
    }
}

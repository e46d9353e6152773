package org.posthorn.console.directory;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Objects;
import org.posthorn.console.door.Here;
import org.posthorn.list.Domain;
import org.posthorn.list.DomainRepository;
import org.posthorn.list.Domains;
import org.posthorn.list.InvalidValueException;
import org.posthorn.list.NotEmptyException;
import org.posthorn.list.UnknownException;

/** {@code /site/domains/{mail-host}}: one domain, to change or to delete. */
@Named
@RequestScoped
public class OneDomain {

    @Inject
    private Here here;

    @Inject
    private DomainRepository repository;

    @Inject
    private Domains domains;

    @Inject
    private Refusals refusals;

    private String mailHost;
    private long lists;
    private String description;
    private String baseUrl;

    @PostConstruct
    void read() {
        Domain domain = repository
                .byMailHost(here.part("mail-host"))
                .orElseThrow(() -> new UnknownException("domain", here.part("mail-host")));
        mailHost = domain.getMailHost();
        lists = repository.listsIn(domain);
        description = Objects.requireNonNullElse(domain.getDescription(), "");
        baseUrl = Objects.requireNonNullElse(domain.getBaseUrl(), "");
    }

    public void save() {
        try {
            domains.change(mailHost, emptyToNull(description), emptyToNull(baseUrl));
            refusals.leave("/site/domains", "domains.saved", mailHost);
        } catch (InvalidValueException e) {
            refusals.beside("domain", e.field().replace('_', '-'), "domains.wrong." + e.field(), e.value());
        }
    }

    public void delete() {
        try {
            domains.delete(mailHost, false);
            refusals.leave("/site/domains", "domains.deleted", mailHost);
        } catch (NotEmptyException e) {
            refusals.leave(here.getPath(), "domains.delete.full", lists);
        }
    }

    private static String emptyToNull(String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }

    public String getMailHost() {
        return mailHost;
    }

    public long getLists() {
        return lists;
    }

    public String getDescription() {
        return description;
    }

    public void setDescription(String description) {
        this.description = description;
    }

    public String getBaseUrl() {
        return baseUrl;
    }

    public void setBaseUrl(String baseUrl) {
        this.baseUrl = baseUrl;
    }
}

package org.posthorn.console.templates;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.posthorn.console.door.Here;
import org.posthorn.list.DomainRepository;
import org.posthorn.list.UnknownException;
import org.posthorn.template.TemplateContext;

/**
 * Whose texts a page is about: those of a list ({@code /manage/{list-id}/templates}), of the site ({@code /site/templates})
 * or of a domain ({@code /site/templates/{mail-host}}).
 */
@Named
@RequestScoped
public class TemplatePlace {

    private static final String SITE = "site";

    @Inject
    private Here here;

    @Inject
    private DomainRepository domains;

    private TemplateContext context;

    @PostConstruct
    void read() {
        String asked = here.part("context");
        if (here.getList() != null) {
            context = new TemplateContext(null, here.listId(), here.getList().getListId());
        } else if (asked.isEmpty() || asked.equals(SITE)) {
            context = TemplateContext.SITE;
        } else {
            context = TemplateContext.of(
                    domains.byMailHost(asked).orElseThrow(() -> new UnknownException("domain", asked)));
        }
    }

    TemplateContext context() {
        return context;
    }

    /** {@code list}, {@code domain} or {@code site}, as in the names of texts. */
    static String kind(TemplateContext context) {
        return context.listId() != null ? "list" : context.domainId() != null ? "domain" : SITE;
    }

    public String getKind() {
        return kind(context);
    }

    public String getName() {
        return context.name();
    }

    /** Of the page that lists the templates. */
    public String getPath() {
        return switch (getKind()) {
            case "list" -> "/manage/" + context.name() + "/templates";
            case "domain" -> "/site/templates/" + context.name();
            default -> "/site/templates";
        };
    }

    /** What a template's page is below. */
    public String getBase() {
        return getKind().equals(SITE) ? "/site/templates/" + SITE : getPath();
    }

    public boolean isOpen() {
        return here.may(context.listId() != null ? "CHANGE_LIST" : "CHANGE_DOMAINS");
    }
}

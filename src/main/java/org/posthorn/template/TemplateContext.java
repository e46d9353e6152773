package org.posthorn.template;

import org.posthorn.list.Domain;
import org.posthorn.list.MailingList;

/**
 * For whom a template counts: a list, the lists of a domain, or all of the site.
 *
 * @param domainId null but for a domain
 * @param listId null but for a list
 * @param name what people call it
 */
public record TemplateContext(Long domainId, Long listId, String name) {

    public static final TemplateContext SITE = new TemplateContext(null, null, "site");

    public static TemplateContext of(Domain domain) {
        return new TemplateContext(domain.getId(), null, domain.getMailHost());
    }

    public static TemplateContext of(MailingList list) {
        return new TemplateContext(null, list.getId(), list.getListId());
    }

    /** What its rows are found by. */
    String key() {
        return listId != null ? "list:" + listId : domainId != null ? "domain:" + domainId : "site";
    }
}

package org.posthorn.template;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.posthorn.list.MailingList;
import org.posthorn.platform.settings.Settings;

/** Where mail links to: under the URL of the list's domain, else under the site's; never under what a request says. */
@ApplicationScoped
public class PublicPages {

    private final String siteUrl;

    protected PublicPages() {
        this("");
    }

    @Inject
    public PublicPages(Settings settings) {
        this(settings.publicUrl());
    }

    PublicPages(String siteUrl) {
        this.siteUrl = siteUrl;
    }

    /** @return without a slash at its end */
    public String base(MailingList list) {
        String own = list.getDomain().getBaseUrl();
        return own == null || own.isBlank() ? siteUrl : own.strip().replaceAll("/+$", "");
    }

    /** Where moderators decide about held posts. */
    public String held(MailingList list) {
        return base(list) + "/manage/" + list.getListId() + "/held";
    }

    /** Where moderators decide about requests to join and leave. */
    public String requests(MailingList list) {
        return base(list) + "/manage/" + list.getListId() + "/requests";
    }

    /** Where a subscriber confirms. @param secret for nobody else's eyes */
    public String confirm(MailingList list, String secret) {
        return base(list) + "/confirm/" + secret;
    }
}

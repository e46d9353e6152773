package org.posthorn.console.frame;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;

/** What has been done, said once: by the page that the act redirects to ({@code <ph:done/>}). */
@Named
@RequestScoped
public class Done {

    private static final String NAME = "org.posthorn.console.done";

    @Inject
    private HttpServletRequest request;

    private String text;

    /** @param words in the reader's language */
    public void say(String words) {
        request.getSession().setAttribute(NAME, words);
    }

    /** @return what the act before said, or nothing; the next page will not say it again */
    public String getText() {
        if (text == null) {
            HttpSession session = request.getSession(false);
            Object said = session == null ? null : session.getAttribute(NAME);
            if (said != null) {
                session.removeAttribute(NAME);
            }
            text = said == null ? "" : said.toString();
        }
        return text;
    }
}

package org.posthorn.console.site;

import java.time.Instant;
import org.posthorn.queue.PostingSearch;

/** A post that was found, as the page shows it. */
public final class FoundPost {

    private final PostingSearch.Found shown;

    FoundPost(PostingSearch.Found shown) {
        this.shown = shown;
    }

    public Instant getAt() {
        return shown.at();
    }

    public String getList() {
        return shown.list();
    }

    public String getSender() {
        return shown.sender();
    }

    public String getSubject() {
        return shown.subject();
    }

    public String getMessageId() {
        return shown.messageId();
    }
}

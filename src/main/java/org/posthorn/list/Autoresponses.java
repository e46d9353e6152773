package org.posthorn.list;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import java.time.Duration;

/** What Posthorn answers by itself. */
@Embeddable
public class Autoresponses {

    @Column(name = "autorespond_owner", nullable = false)
    @Enumerated(EnumType.STRING)
    private ResponseAction autorespondOwner = ResponseAction.NONE;

    @Column(name = "autoresponse_owner_text", nullable = false)
    private String autoresponseOwnerText = "";

    @Column(name = "autorespond_postings", nullable = false)
    @Enumerated(EnumType.STRING)
    private ResponseAction autorespondPostings = ResponseAction.NONE;

    @Column(name = "autoresponse_postings_text", nullable = false)
    private String autoresponsePostingsText = "";

    @Column(name = "autorespond_requests", nullable = false)
    @Enumerated(EnumType.STRING)
    private ResponseAction autorespondRequests = ResponseAction.NONE;

    @Column(name = "autoresponse_request_text", nullable = false)
    private String autoresponseRequestText = "";

    @Column(name = "autoresponse_grace_period", nullable = false)
    @Convert(converter = DurationConverter.class)
    private Duration autoresponseGracePeriod = Duration.parse("P90D");

    /** Whether mail to the owners is answered. */
    public ResponseAction getAutorespondOwner() {
        return autorespondOwner;
    }

    public void setAutorespondOwner(ResponseAction autorespondOwner) {
        this.autorespondOwner = autorespondOwner;
    }

    /** That answer. */
    public String getAutoresponseOwnerText() {
        return autoresponseOwnerText;
    }

    public void setAutoresponseOwnerText(String autoresponseOwnerText) {
        this.autoresponseOwnerText = autoresponseOwnerText;
    }

    /** Whether posts are answered. */
    public ResponseAction getAutorespondPostings() {
        return autorespondPostings;
    }

    public void setAutorespondPostings(ResponseAction autorespondPostings) {
        this.autorespondPostings = autorespondPostings;
    }

    /** That answer. */
    public String getAutoresponsePostingsText() {
        return autoresponsePostingsText;
    }

    public void setAutoresponsePostingsText(String autoresponsePostingsText) {
        this.autoresponsePostingsText = autoresponsePostingsText;
    }

    /** Whether commands are answered. */
    public ResponseAction getAutorespondRequests() {
        return autorespondRequests;
    }

    public void setAutorespondRequests(ResponseAction autorespondRequests) {
        this.autorespondRequests = autorespondRequests;
    }

    /** That answer. */
    public String getAutoresponseRequestText() {
        return autoresponseRequestText;
    }

    public void setAutoresponseRequestText(String autoresponseRequestText) {
        this.autoresponseRequestText = autoresponseRequestText;
    }

    /** The same sender gets no second answer within this time. */
    public Duration getAutoresponseGracePeriod() {
        return autoresponseGracePeriod;
    }

    public void setAutoresponseGracePeriod(Duration autoresponseGracePeriod) {
        this.autoresponseGracePeriod = autoresponseGracePeriod;
    }
}

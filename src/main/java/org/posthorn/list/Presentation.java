package org.posthorn.list;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;

/** What a list is called and how it shows itself to people. */
@Embeddable
public class Presentation {

    @Column(name = "display_name", nullable = false)
    private String displayName = "";

    @Column(name = "description", nullable = false)
    private String description = "";

    @Column(name = "info", nullable = false)
    private String info = "";

    @Column(name = "advertised", nullable = false)
    private boolean advertised = true;

    @Column(name = "preferred_language", nullable = false)
    private String preferredLanguage = "en";

    /** The list's name as people read it. */
    public String getDisplayName() {
        return displayName;
    }

    public void setDisplayName(String displayName) {
        this.displayName = displayName;
    }

    /** One line about the list. */
    public String getDescription() {
        return description;
    }

    public void setDescription(String description) {
        this.description = description;
    }

    /** A longer text about the list. */
    public String getInfo() {
        return info;
    }

    public void setInfo(String info) {
        this.info = info;
    }

    /** Whether the list is shown to those who are not on it. */
    public boolean isAdvertised() {
        return advertised;
    }

    public void setAdvertised(boolean advertised) {
        this.advertised = advertised;
    }

    /** The language of the list's own texts (BCP 47). */
    public String getPreferredLanguage() {
        return preferredLanguage;
    }

    public void setPreferredLanguage(String preferredLanguage) {
        this.preferredLanguage = preferredLanguage;
    }
}

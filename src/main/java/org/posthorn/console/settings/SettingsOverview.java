package org.posthorn.console.settings;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Named;

/** {@code /manage/{list-id}/settings}: which pages of settings there are. */
@Named
@RequestScoped
public class SettingsOverview {

    public Intent[] getIntents() {
        return Intent.values();
    }
}

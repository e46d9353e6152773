package org.posthorn.platform;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import org.posthorn.platform.actor.Needs;
import org.posthorn.platform.actor.Right;
import org.posthorn.platform.settings.SettingSource;
import org.posthorn.platform.settings.Settings;

/** This node's settings as they count, for administrators to look at. */
@ApplicationScoped
public class EffectiveSettings {

    private final SettingSource source;

    protected EffectiveSettings() {
        this(null, null);
    }

    /** @param settings have been read from the source, so that it knows them all */
    @Inject
    public EffectiveSettings(SettingSource source, Settings settings) {
        this.source = source;
    }

    /** @return all, without passwords */
    @Needs(Right.SEE_SITE)
    public List<SettingSource.Shown> all() {
        return source.shown();
    }
}

package org.posthorn.console.site;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.posthorn.delivery.Smarthosts;
import org.posthorn.platform.settings.Settings;

/** {@code /site/smarthosts}: who takes our mail, and do they work? */
@Named
@RequestScoped
public class SmarthostPoolView {

    @Inject
    private Smarthosts smarthosts;

    @Inject
    private Settings settings;

    private List<SmarthostRow> rows;

    @PostConstruct
    void read() {
        rows = smarthosts.all().stream().map(SmarthostRow::new).toList();
    }

    public List<SmarthostRow> getRows() {
        return rows;
    }

    public long getUp() {
        return rows.stream().filter(row -> row.isEnabled() && row.isUp()).count();
    }

    public long getEnabled() {
        return rows.stream().filter(SmarthostRow::isEnabled).count();
    }

    /** Whose view of their health it is. */
    public String getNode() {
        return settings.node().name();
    }
}

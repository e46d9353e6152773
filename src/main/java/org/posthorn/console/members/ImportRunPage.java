package org.posthorn.console.members;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Clock;
import org.posthorn.console.door.Here;
import org.posthorn.console.frame.Times;
import org.posthorn.list.UnknownException;
import org.posthorn.list.imports.ImportView;
import org.posthorn.list.imports.MemberImports;

/** {@code /manage/{list-id}/members/imports/{import}}: how far an import is, and what became of its rows. */
@Named
@RequestScoped
public class ImportRunPage {

    @Inject
    private MemberImports imports;

    @Inject
    private Here here;

    @Inject
    private Times times;

    @Inject
    private Clock clock;

    private ImportView run;

    @PostConstruct
    void read() {
        String id = here.part("import");
        run = imports.find(here.listId(), id.matches("[0-9]{1,18}") ? Long.parseLong(id) : 0)
                .orElseThrow(() -> new UnknownException("import", id));
    }

    public ImportView getRun() {
        return run;
    }

    /** In words; empty: that cannot be told. */
    public String getRemaining() {
        return run.remaining(clock.instant()).map(times::length).orElse("");
    }
}

package org.posthorn.console.site;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.posthorn.console.door.Here;
import org.posthorn.console.text.Texts;
import org.posthorn.delivery.InvalidSmarthostException;
import org.posthorn.delivery.Smarthosts;
import org.posthorn.list.UnknownException;

/** On {@code /site/smarthosts/{name}}: deliver now what waits for its hours, or by its hours again. */
@Named
@RequestScoped
public class SmarthostDelivery {

    /** Hours, or until it's switched off. */
    static final List<String> FOR = List.of("1", "4", "12", "forever");

    @Inject
    private Smarthosts smarthosts;

    @Inject
    private RowAct act;

    @Inject
    private Here here;

    @Inject
    private Texts texts;

    @Inject
    private Clock clock;

    private String duration = "1";

    public void begin() {
        String name = here.part("name");
        try {
            Duration length = duration.equals("forever") ? null : Duration.ofHours(Long.parseLong(duration));
            known(
                    name,
                    smarthosts.deliverNow(
                            name, length == null ? null : clock.instant().plus(length)));
            act.done("/site/smarthosts/" + name, texts.of("smarthosts.deliversNow", name));
        } catch (InvalidSmarthostException e) {
            act.refused(texts.of("smarthosts.noHours", name)); // somebody has taken them away meanwhile
        }
    }

    public void end() {
        String name = here.part("name");
        known(name, smarthosts.deliverByHours(name));
        act.done("/site/smarthosts/" + name, texts.of("smarthosts.deliversByHours", name));
    }

    private static void known(String name, Optional<Smarthosts.Row> row) {
        row.orElseThrow(() -> new UnknownException("smarthost", name));
    }

    public String getDuration() {
        return duration;
    }

    public void setDuration(String duration) {
        if (FOR.contains(duration)) {
            this.duration = duration;
        }
    }
}

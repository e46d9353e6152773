package org.posthorn.console.site;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.posthorn.console.door.Here;
import org.posthorn.console.text.Texts;
import org.posthorn.delivery.InvalidSmarthostException;
import org.posthorn.delivery.Smarthosts;
import org.posthorn.list.ConflictException;
import org.posthorn.list.UnknownException;

/**
 * {@code /site/smarthosts/{name}} and {@code /site/smarthost-new}: one smarthost's settings. The version that the form
 * was made from goes with it: when somebody else saved first, both versions are shown, and saving again keeps this one.
 */
@Named
@RequestScoped
public class SmarthostForm {

    @Inject
    private Smarthosts smarthosts;

    @Inject
    private RowAct act;

    @Inject
    private Here here;

    @Inject
    private Texts texts;

    private SmarthostRow row;
    private boolean fresh;
    private SmarthostValues values;
    private SmarthostValues stored;
    private String name = "";
    private String password = "";
    private boolean forgetPassword;
    private String version;
    private List<Difference> differences = List.of();

    /** A field that somebody else has changed meanwhile. */
    public record Difference(String field, String mine, String theirs) {

        public String getField() {
            return field;
        }

        public String getMine() {
            return mine;
        }

        public String getTheirs() {
            return theirs;
        }
    }

    @PostConstruct
    void read() {
        fresh = here.getPath().equals("/site/smarthost-new");
        if (fresh) {
            values = SmarthostValues.preset();
            return;
        }
        String asked = here.part("name");
        Smarthosts.Row found = smarthosts.find(asked).orElseThrow(() -> new UnknownException("smarthost", asked));
        row = new SmarthostRow(found);
        name = row.getName();
        version = Long.toString(row.getVersion());
        values = SmarthostValues.of(found.smarthost());
        stored = SmarthostValues.of(found.smarthost());
    }

    public void save() {
        try {
            if (fresh) {
                smarthosts.add(name.strip(), fields());
                act.done("/site/smarthosts", texts.of("smarthosts.added", name.strip()));
            } else {
                Optional<Smarthosts.Row> changed = smarthosts.change(name, Long.valueOf(version), fields());
                changed.orElseThrow(() -> new UnknownException("smarthost", name));
                act.done("/site/smarthosts", texts.of("smarthosts.saved", name));
            }
        } catch (InvalidSmarthostException e) {
            String field = e.field().replace('_', '-');
            act.refused(field, texts.of("smarthosts." + field + ".wrong", e.value()));
        } catch (ConflictException e) {
            conflict();
        }
    }

    private void conflict() {
        List<Difference> found = new ArrayList<>();
        Map<String, Object> theirs = stored.fields();
        values.fields().forEach((field, mine) -> {
            if (!Objects.equals(String.valueOf(mine), String.valueOf(theirs.get(field)))) {
                found.add(new Difference(
                        texts.get("smarthosts." + field.replace('_', '-')),
                        String.valueOf(mine),
                        String.valueOf(theirs.get(field))));
            }
        });
        differences = found;
        version = Long.toString(row.getVersion());
        act.refused(texts.get("smarthosts.conflict"));
        if (!password.isEmpty()) {
            act.refused("password", texts.get("users.password.again"));
        }
        if (forgetPassword) {
            forgetPassword = false;
            act.refused("forget", texts.get("smarthosts.forget.again"));
        }
        act.status(HttpServletResponse.SC_CONFLICT);
    }

    private Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>(values.fields());
        if (!password.isEmpty()) {
            fields.put("password", password);
        } else if (forgetPassword) {
            fields.put("password", null);
        }
        return fields;
    }

    public void remove() {
        smarthosts.remove(name);
        act.done("/site/smarthosts", texts.of("smarthosts.removed", name));
    }

    public boolean isFresh() {
        return fresh;
    }

    public SmarthostRow getRow() {
        return row;
    }

    public SmarthostValues getValues() {
        return values;
    }

    public List<Difference> getDifferences() {
        return differences;
    }

    public String getName() {
        return name;
    }

    public void setName(String name) {
        this.name = name;
    }

    /** Never shown. */
    public String getPassword() {
        return "";
    }

    public void setPassword(String password) {
        this.password = password == null ? "" : password;
    }

    public boolean isForgetPassword() {
        return forgetPassword;
    }

    public void setForgetPassword(boolean forgetPassword) {
        this.forgetPassword = forgetPassword;
    }

    public String getVersion() {
        return version;
    }

    public void setVersion(String version) {
        if (version != null && version.matches("[0-9]{1,18}")) {
            this.version = version;
        }
    }
}

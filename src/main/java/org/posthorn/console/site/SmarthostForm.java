package org.posthorn.console.site;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.posthorn.console.door.Here;
import org.posthorn.console.frame.Act;
import org.posthorn.console.frame.Edit;
import org.posthorn.console.frame.Edits;
import org.posthorn.console.frame.LastSaved;
import org.posthorn.console.frame.Seen;
import org.posthorn.console.text.Texts;
import org.posthorn.delivery.InvalidSmarthostException;
import org.posthorn.delivery.Smarthosts;
import org.posthorn.list.ConflictException;
import org.posthorn.list.UnknownException;

/**
 * {@code /site/smarthosts/{name}} and {@code /site/smarthost-new}: one smarthost's settings. What the form showed goes
 * with it, and its version, since passwords are not shown; when somebody else saved first, both versions are shown.
 */
@Named
@RequestScoped
public class SmarthostForm {

    @Inject
    private Smarthosts smarthosts;

    @Inject
    private RowAct act;

    @Inject
    private Act frame;

    @Inject
    private LastSaved lastSaved;

    @Inject
    private HttpServletRequest request;

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
    private String seen;
    private Edits conflict;

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
        seen = new Seen(stored.shown()).write();
    }

    public void save() {
        try {
            if (fresh) {
                smarthosts.add(name.strip(), withPassword(values.fields()));
                act.done("/site/smarthosts", texts.of("smarthosts.added", name.strip()));
            } else {
                change();
            }
        } catch (InvalidSmarthostException e) {
            String field = e.field().replace('_', '-');
            act.refused(field, texts.of("smarthosts." + field + ".wrong", e.value()));
        } catch (ConflictException e) {
            frame.again();
        }
    }

    private void change() {
        Edits edits = edits();
        boolean isOther = !Long.toString(row.getVersion()).equals(version);
        boolean isSecretAtStake = isOther && (!password.isEmpty() || forgetPassword);
        if (edits.isConflict() || isSecretAtStake) {
            standInConflict(edits);
            return;
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        edits.getAll().forEach(edit -> fields.put(edit.getId().replace('-', '_'), value(edit)));
        Optional<Smarthosts.Row> changed = smarthosts.change(name, row.getVersion(), withPassword(fields));
        changed.orElseThrow(() -> new UnknownException("smarthost", name));
        act.done("/site/smarthosts", texts.of("smarthosts.saved", name));
    }

    /** As {@link SmarthostValues#fields} has it. */
    private static Object value(Edit edit) {
        String result = edit.getResult();
        return switch (edit.getId()) {
            case "enabled" -> Boolean.valueOf(result);
            case "username", "jndi" -> result.isEmpty() ? null : result;
            default -> result;
        };
    }

    private Edits edits() {
        Seen before = Seen.read(seen);
        Map<String, String> now = stored.shown();
        Map<String, String> mine = values.shown();
        return Edits.of(
                request,
                now.keySet().stream()
                        .map(field -> edit(field, before.of(field, now.get(field)), mine.get(field), now.get(field)))
                        .toArray(Edit[]::new));
    }

    private static Edit edit(String field, String seen, String mine, String now) {
        return field.equals("enabled")
                ? Edit.check(field, Boolean.parseBoolean(seen), Boolean.parseBoolean(mine), Boolean.parseBoolean(now))
                : Edit.text(field, seen, mine, now);
    }

    private void standInConflict(Edits edits) {
        conflict = edits.savedBy(lastSaved.by("smarthost", name));
        version = Long.toString(row.getVersion());
        seen = new Seen(stored.shown()).write();
        if (!password.isEmpty()) {
            act.refused("password", texts.get("users.password.again"));
        }
        if (forgetPassword) {
            forgetPassword = false;
            act.refused("forget", texts.get("smarthosts.forget.again"));
        }
        act.status(HttpServletResponse.SC_CONFLICT);
    }

    private Map<String, Object> withPassword(Map<String, Object> fields) {
        Map<String, Object> all = new LinkedHashMap<>(fields);
        if (!password.isEmpty()) {
            all.put("password", password);
        } else if (forgetPassword) {
            all.put("password", null);
        }
        return all;
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

    /** Both versions, when somebody else saved first; else null. */
    public Edits getConflict() {
        return conflict;
    }

    /** What the form shows, for when it comes back. */
    public String getSeen() {
        return seen;
    }

    public void setSeen(String seen) {
        this.seen = seen;
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

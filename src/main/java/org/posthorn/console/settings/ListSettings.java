package org.posthorn.console.settings;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.application.FacesMessage;
import jakarta.faces.component.UIInput;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.posthorn.console.door.Here;
import org.posthorn.console.frame.Act;
import org.posthorn.console.frame.Done;
import org.posthorn.console.signin.Redirect;
import org.posthorn.console.text.Texts;
import org.posthorn.list.ConfigAttributes;
import org.posthorn.list.ConflictException;
import org.posthorn.list.Counters;
import org.posthorn.list.InvalidValueException;
import org.posthorn.list.ListCounters;
import org.posthorn.list.ListRepository;
import org.posthorn.list.Lists;
import org.posthorn.list.MailingList;
import org.posthorn.list.SizeLimit;
import org.posthorn.list.UnknownException;
import org.posthorn.platform.audit.AuditEntry;
import org.posthorn.platform.audit.AuditReader;

/**
 * {@code /manage/{list-id}/settings/{intent}}. The form carries the list's version and a fingerprint of each value as the
 * reader saw it. When somebody else has saved since, and one of this page's values is another now, nothing is saved: both
 * versions are shown, and the reader chooses for each.
 */
@Named
@RequestScoped
public class ListSettings {

    @Inject
    private Here here;

    @Inject
    private ListRepository lists;

    @Inject
    private ListCounters counters;

    @Inject
    private AuditReader audit;

    @Inject
    private Lists operations;

    @Inject
    private Texts texts;

    @Inject
    private Done done;

    @Inject
    private Act act;

    @Inject
    private FacesContext faces;

    private Intent intent;
    private MailingList list;
    private List<Section> sections;
    private String version;
    private String seen;
    private boolean conflict;

    /** A heading with its settings. */
    public record Section(String name, List<Setting> settings) {

        public String getName() {
            return name;
        }

        public List<Setting> getSettings() {
            return settings;
        }
    }

    @PostConstruct
    void read() {
        intent = Intent.at(here.part("intent"))
                .orElseThrow(() -> new UnknownException("settings page", here.part("intent")));
        list = lists.byId(here.listId()).orElseThrow(() -> new UnknownException("list", here.listId()));
        Counters counted = counters.of(list.getId());
        MailingList fresh = new MailingList(list.getListName(), list.getDomain(), list.getCreatedAt());
        Map<String, AuditEntry> last = audit.lastChanges(list.getId());
        sections = intent.sections().stream()
                .map(section -> new Section(
                        section.name(),
                        section.attributes().stream()
                                .map(name ->
                                        new Setting(ConfigAttributes.named(name), list, fresh, counted, last.get(name)))
                                .toList()))
                .toList();
        version = Long.toString(list.getVersion());
        seen = fingerprints();
    }

    public void save() {
        Map<String, String> then = Arrays.stream(seen.split(","))
                .map(part -> part.split("=", 2))
                .filter(part -> part.length == 2)
                .collect(Collectors.toMap(part -> part[0], part -> part[1], (one, other) -> one));
        settings().forEach(setting -> setting.seenAs(then.get(setting.getName())));
        keepWhatWasNotTouched(then);
        HttpServletRequest request =
                (HttpServletRequest) faces.getExternalContext().getRequest();
        settings()
                .filter(setting -> "theirs".equals(request.getParameter("choose-" + setting.getId())))
                .forEach(Setting::keep);
        boolean stale = !version.equals(Long.toString(list.getVersion()));
        if (stale && settings().anyMatch(Setting::isSeenOtherwise)) {
            standInConflict();
            return;
        }
        List<Setting> changed = settings().filter(Setting::isChanged).toList();
        if (changed.stream().map(this::isRight).toList().contains(false)) {
            return;
        }
        Map<String, Object> changes = new LinkedHashMap<>();
        changed.forEach(setting -> changes.put(setting.getName(), setting.value()));
        try {
            operations.configure(list.getId(), list.getVersion(), changes);
        } catch (SizeLimit.OverSiteException e) {
            settings()
                    .filter(setting -> setting.getName().equals(e.field()))
                    .forEach(setting -> refuse(setting, texts.of("settings.wrong.over-site", e.value(), e.allows())));
            return;
        } catch (InvalidValueException e) {
            settings()
                    .filter(setting -> setting.getName().equals(e.field()))
                    .forEach(setting -> refuse(setting, texts.of("settings.wrong." + setting.wrong(), e.value())));
            return;
        } catch (ConflictException e) {
            act.again();
            return;
        }
        done.say(texts.of("settings.saved", changes.size()));
        Redirect.to(
                here.getPath(), (HttpServletResponse) faces.getExternalContext().getResponse());
        faces.responseComplete();
    }

    /** A form that was filled in before somebody else saved holds old values: what the reader left as it was is no change. */
    private void keepWhatWasNotTouched(Map<String, String> then) {
        settings()
                .filter(Setting::isSeenOtherwise)
                .filter(setting -> setting.isTypedAs(then.get(setting.getName())))
                .forEach(Setting::keep);
    }

    private void standInConflict() {
        conflict = true;
        version = Long.toString(list.getVersion());
        seen = fingerprints();
        faces.getExternalContext().setResponseStatus(HttpServletResponse.SC_CONFLICT);
    }

    private boolean isRight(Setting setting) {
        try {
            setting.check();
            return true;
        } catch (InvalidValueException e) {
            refuse(
                    setting,
                    texts.of("settings.wrong." + setting.wrong(), e.value().isEmpty() ? "–" : e.value()));
            return false;
        }
    }

    private void refuse(Setting setting, String why) {
        FacesMessage message = new FacesMessage(why);
        message.setSeverity(FacesMessage.SEVERITY_ERROR);
        if (faces.getViewRoot().findComponent("settings:" + setting.getId()) instanceof UIInput input) {
            input.setValid(false);
        }
        faces.addMessage(setting.getId(), message);
    }

    private Stream<Setting> settings() {
        return sections.stream().flatMap(section -> section.settings().stream()).filter(Setting::isWritable);
    }

    private String fingerprints() {
        return settings()
                .map(setting -> setting.getName() + "=" + setting.fingerprint())
                .collect(Collectors.joining(","));
    }

    public Intent getIntent() {
        return intent;
    }

    /** The other pages of settings. */
    public Intent[] getIntents() {
        return Intent.values();
    }

    public List<Section> getSections() {
        return sections;
    }

    public boolean isSavable() {
        return settings().findAny().isPresent();
    }

    /** Whether both versions are to be shown. */
    public boolean isConflict() {
        return conflict;
    }

    /** What somebody else has changed since the reader saw it, and what the reader has changed. */
    public List<Setting> getDisputed() {
        return settings()
                .filter(setting -> setting.isSeenOtherwise() || setting.isChanged())
                .toList();
    }

    /** Every setting of the page that can be changed. */
    public List<Setting> getAll() {
        return settings().toList();
    }

    public String getVersion() {
        return version;
    }

    public void setVersion(String version) {
        this.version = version;
    }

    public String getSeen() {
        return seen;
    }

    public void setSeen(String seen) {
        this.seen = seen == null ? "" : seen;
    }
}

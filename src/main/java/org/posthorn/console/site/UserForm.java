package org.posthorn.console.site;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.posthorn.console.door.Here;
import org.posthorn.console.frame.Edit;
import org.posthorn.console.frame.Edits;
import org.posthorn.console.frame.LastSaved;
import org.posthorn.console.text.Texts;
import org.posthorn.list.ConflictException;
import org.posthorn.list.InvalidValueException;
import org.posthorn.list.LastOwnerException;
import org.posthorn.list.People;
import org.posthorn.list.PersonChange;
import org.posthorn.list.Users;
import org.posthorn.list.signin.Sessions;

/** The form of {@code /site/users/{user}} that changes name, password and what the person may do: all of it, or nothing. */
@Named
@RequestScoped
public class UserForm {

    @Inject
    private UserPage page;

    @Inject
    private People people;

    @Inject
    private Users users;

    @Inject
    private Sessions sessions;

    @Inject
    private LastSaved lastSaved;

    @Inject
    private RowAct act;

    @Inject
    private Here here;

    @Inject
    private Texts texts;

    @Inject
    private HttpServletRequest request;

    private String name;
    private String password = "";
    private boolean serverOwner;
    private String seenName;
    private boolean seenServerOwner;
    private String seenPassword;
    private Edits conflict;

    @PostConstruct
    void read() {
        name = page.getRow().getName();
        serverOwner = page.getRow().isServerOwner();
        seenName = name;
        seenServerOwner = serverOwner;
        seenPassword = page.getRow().passwordMark();
    }

    public void save() {
        PersonRow row = page.getRow();
        Edits edits = Edits.of(
                request,
                Edit.text("name", seenName, name, row.getName()),
                Edit.check("server-owner", seenServerOwner, serverOwner, row.isServerOwner()));
        boolean othersSetPassword = !password.isEmpty() && !seenPassword.equals(row.passwordMark());
        if (edits.isConflict() || othersSetPassword) {
            standInConflict(row, edits, othersSetPassword);
            return;
        }
        PersonChange wanted = new PersonChange(
                edits.result("name"),
                password.isEmpty() ? null : password,
                Boolean.parseBoolean(edits.result("server-owner")));
        try {
            users.change(page.id(), row.version(), wanted);
            act.done(here.getPath(), texts.get("users.saved"));
        } catch (LastOwnerException e) {
            act.refused("server-owner", texts.get("users.lastOwner"));
        } catch (InvalidValueException e) {
            String field = e.field().replace("display_name", "name");
            act.refused(field, texts.of("users." + field + ".wrong", e.value()));
        } catch (ConflictException e) {
            act.refused(texts.get("settings.again"));
            act.status(HttpServletResponse.SC_CONFLICT);
        }
    }

    private void standInConflict(PersonRow row, Edits edits, boolean othersSetPassword) {
        conflict = edits.savedBy(lastSaved.by("user", auditName(row)));
        seenName = row.getName();
        seenServerOwner = row.isServerOwner();
        seenPassword = row.passwordMark();
        if (!password.isEmpty()) {
            act.refused("password", texts.get(othersSetPassword ? "users.password.theirs" : "users.password.again"));
        }
        act.status(HttpServletResponse.SC_CONFLICT);
    }

    /** What the audit log calls the person. */
    private String auditName(PersonRow row) {
        return !row.getLogin().isEmpty()
                ? row.getLogin()
                : people.addresses(page.id()).stream()
                        .filter(People.Known::preferred)
                        .map(People.Known::email)
                        .findFirst()
                        .orElse("user " + page.id());
    }

    /** Whoever has signed in as this person signs in again. */
    public void signOut() {
        sessions.end(page.id());
        act.done(here.getPath(), texts.get("users.signedOut"));
    }

    /** Both versions, when somebody else saved first; else null. */
    public Edits getConflict() {
        return conflict;
    }

    public String getName() {
        return name;
    }

    public void setName(String name) {
        this.name = name == null ? "" : name;
    }

    /** Never shown. */
    public String getPassword() {
        return "";
    }

    public void setPassword(String password) {
        this.password = password == null ? "" : password;
    }

    public boolean isServerOwner() {
        return serverOwner;
    }

    public void setServerOwner(boolean serverOwner) {
        this.serverOwner = serverOwner;
    }

    /** What stood there when the reader opened the page. */
    public String getSeenName() {
        return seenName;
    }

    public void setSeenName(String seen) {
        this.seenName = seen == null ? "" : seen;
    }

    /** A mark of the password that counted when the reader opened the page. */
    public String getSeenPassword() {
        return seenPassword;
    }

    public void setSeenPassword(String seen) {
        this.seenPassword = seen == null ? "" : seen;
    }

    public boolean isSeenServerOwner() {
        return seenServerOwner;
    }

    public void setSeenServerOwner(boolean seen) {
        this.seenServerOwner = seen;
    }
}

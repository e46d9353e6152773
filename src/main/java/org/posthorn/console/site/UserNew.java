package org.posthorn.console.site;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.posthorn.console.text.Texts;
import org.posthorn.list.DuplicateException;
import org.posthorn.list.InvalidValueException;
import org.posthorn.list.Subscriber;
import org.posthorn.list.Users;

/** {@code /site/user-new}: makes a person with an address. */
@Named
@RequestScoped
public class UserNew {

    @Inject
    private Users users;

    @Inject
    private RowAct act;

    @Inject
    private Texts texts;

    private String email = "";
    private String name = "";
    private String password = "";

    public void make() {
        try {
            Subscriber made = users.create(
                    email.strip(), name.isBlank() ? null : name.strip(), password.isEmpty() ? null : password, false);
            act.done("/site/users/" + made.getId(), texts.of("users.made", email.strip()));
        } catch (DuplicateException e) {
            act.refused("email", texts.of("users.email.taken", email.strip()));
        } catch (InvalidValueException e) {
            act.refused(
                    e.field().equals("display_name") ? "name" : e.field(),
                    texts.of("users." + e.field().replace("display_name", "name") + ".wrong", e.value()));
        }
    }

    public String getEmail() {
        return email;
    }

    public void setEmail(String email) {
        this.email = email;
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
        this.password = password;
    }
}

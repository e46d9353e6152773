package org.posthorn.console.simulator;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.faces.model.SelectItem;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.posthorn.console.door.Here;
import org.posthorn.console.frame.Act;
import org.posthorn.console.text.Texts;
import org.posthorn.list.InvalidValueException;
import org.posthorn.list.UnknownException;
import org.posthorn.mail.ReversePath;
import org.posthorn.platform.Text;
import org.posthorn.platform.actor.Right;
import org.posthorn.platform.actor.Rights;
import org.posthorn.simulator.BusyException;
import org.posthorn.simulator.Simulation;
import org.posthorn.simulator.Simulator;
import org.posthorn.simulator.Simulator.Conditions;
import org.posthorn.simulator.Simulator.Message;
import org.posthorn.simulator.StoredPosts;
import org.posthorn.simulator.Upload;

/**
 * {@code /manage/{list-id}/simulator}: takes a message, pasted, uploaded (as the request's body, {@code static/file.js}) or a
 * post that is still there, and shows what would become of it. Longer than a page's bean should be for these three ways.
 */
@Named
@RequestScoped
public class SimulatorPage {

    private static final int LONGEST_SUBJECT = 60;

    @Inject
    private Simulator simulator;

    @Inject
    private StoredPosts stored;

    @Inject
    private Rights rights;

    @Inject
    private Here here;

    @Inject
    private Act act;

    @Inject
    private Texts texts;

    @Inject
    private HttpServletRequest request;

    @Inject
    private FacesContext faces;

    private String source = "";
    private String posting = "";
    private String sender = "";
    private String changes = "";
    private String recipient = "";
    private SimulationView result;

    /** Before the page is shown: takes the file, if one has come. */
    public void receive() throws IOException {
        String type = request.getContentType();
        if (!request.getMethod().equals("POST")
                || type == null
                || !type.toLowerCase(Locale.ROOT).startsWith("message/rfc822")) {
            return;
        }
        rights.require(Right.MODERATE, here.listId());
        sender = besideTheFile("sender");
        changes = besideTheFile("changes");
        recipient = besideTheFile("recipient");
        if (request.getContentLengthLong() > simulator.mostBytes()) {
            tooLarge();
            return;
        }
        try (Upload upload = simulator.receive(here.listId(), request.getInputStream())) {
            attempt(() -> simulator.run(here.listId(), upload.message(), conditions()));
        } catch (InvalidValueException e) {
            tooLarge(); // its length was not said before
        }
    }

    /** A field of the form, which file.js puts into the header: what stands in an address is logged. */
    private String besideTheFile(String field) {
        try {
            return URLDecoder.decode(
                    Optional.ofNullable(request.getHeader("Form-" + field))
                            .orElse("")
                            .replace("+", "%2B"),
                    StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private void tooLarge() {
        faces.getExternalContext().setResponseStatus(HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE);
        act.refuse("file", "simulator.file.large");
    }

    /** Tries what was pasted, or else the post that was chosen. */
    public void run() {
        if (!posting.isEmpty() && posting.matches("[0-9]{1,18}") && source.isBlank()) {
            attempt(() -> simulator
                    .runStored(here.listId(), Long.parseLong(posting), conditions())
                    .orElse(null));
            return;
        }
        if (source.isBlank()) {
            act.refuse("source", "simulator.source.missing");
            return;
        }
        byte[] octets = source.getBytes(StandardCharsets.UTF_8);
        attempt(() -> simulator.run(
                here.listId(), new Message(() -> new ByteArrayInputStream(octets), octets.length), conditions()));
    }

    private interface Attempt {
        Simulation run();
    }

    private void attempt(Attempt attempt) {
        try {
            Simulation simulation = attempt.run();
            if (simulation == null) {
                act.refuse("posting", "simulator.posting.gone");
            } else {
                result = new SimulationView(simulation, recipient.strip(), texts);
            }
        } catch (BusyException e) {
            faces.getExternalContext().setResponseStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
            act.refuse(null, "simulator.busy");
        } catch (NoPathException e) {
            act.refuse("sender", "simulator.sender.wrong");
        } catch (NoLineException e) {
            act.refuse("changes", "simulator.changes.line", Text.line(e.getMessage(), LONGEST_SUBJECT));
        } catch (UnknownException e) {
            act.refuse("changes", "simulator.changes.unknown");
        } catch (InvalidValueException e) {
            act.refuse("changes", "simulator.changes.wrong", e.field(), e.value(), e.allowed());
        }
    }

    private static final class NoPathException extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private static final class NoLineException extends RuntimeException {
        private static final long serialVersionUID = 1;

        NoLineException(String line) {
            super(line);
        }
    }

    private Optional<String> path() {
        if (sender.isBlank()) {
            return Optional.empty();
        }
        return Optional.of(ReversePath.parse(sender.strip())
                .orElseThrow(NoPathException::new)
                .text());
    }

    private Conditions conditions() {
        Map<String, Object> tried = SettingLines.read(changes, NoLineException::new);
        return new Conditions(path(), tried, Optional.of(recipient).filter(text -> !text.isBlank()), 0);
    }

    /** The posts that can be chosen; the first choice is none. */
    public List<SelectItem> getPosts() {
        return Stream.concat(
                        Stream.of(new SelectItem("", texts.get("simulator.posting.none"))),
                        stored.latest(here.listId()).stream()
                                .map(post -> new SelectItem(
                                        String.valueOf(post.id()),
                                        Text.line(post.subject(), LONGEST_SUBJECT) + " \u2013 " + post.sender())))
                .toList();
    }

    /** Null until something was tried. */
    public SimulationView getResult() {
        return result;
    }

    /** How large a file may be, in octets. */
    public long getMost() {
        return simulator.mostBytes();
    }

    public String getSource() {
        return source;
    }

    public void setSource(String source) {
        this.source = source == null ? "" : source;
    }

    public String getPosting() {
        return posting;
    }

    public void setPosting(String posting) {
        this.posting = posting == null ? "" : posting;
    }

    public String getSender() {
        return sender;
    }

    public void setSender(String sender) {
        this.sender = sender == null ? "" : sender;
    }

    public String getChanges() {
        return changes;
    }

    public void setChanges(String changes) {
        this.changes = changes == null ? "" : changes;
    }

    public String getRecipient() {
        return recipient;
    }

    public void setRecipient(String recipient) {
        this.recipient = recipient == null ? "" : recipient;
    }
}

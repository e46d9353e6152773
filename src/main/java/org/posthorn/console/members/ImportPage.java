package org.posthorn.console.members;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import org.posthorn.console.door.Here;
import org.posthorn.console.frame.Act;
import org.posthorn.console.frame.Done;
import org.posthorn.console.text.Texts;
import org.posthorn.list.imports.ImportUnderWayException;
import org.posthorn.list.imports.ImportView;
import org.posthorn.list.imports.MemberImports;
import org.posthorn.platform.actor.Right;
import org.posthorn.platform.actor.Rights;

/**
 * {@code /manage/{list-id}/members/import}: takes a file of members; the import's own page then says how far it is. The
 * file comes as the request's body ({@code static/file.js}), and is answered with 201 and that page's address; without
 * scripts its rows can be pasted.
 */
@Named
@RequestScoped
public class ImportPage {

    /** Octets: some 500,000 members. */
    private static final long MOST = 32L * 1024 * 1024;

    private static final int LATEST = 10;
    private static final String FILE_NAME = "filename*=utf-8''";

    @Inject
    private MemberImports imports;

    @Inject
    private Rights rights;

    @Inject
    private Here here;

    @Inject
    private Act act;

    @Inject
    private Done done;

    @Inject
    private Texts texts;

    @Inject
    private HttpServletRequest request;

    @Inject
    private FacesContext faces;

    private String rows = "";
    private List<ImportView> latest;

    /** An import to look at, and why. */
    private record Begun(long id, String words) {}

    /** Before the page is shown: takes the file, if one has come. A body that does not say how long it is, is not read. */
    public void receive() throws IOException {
        if (!isFile()) {
            return;
        }
        rights.require(Right.CHANGE_MEMBERS, here.listId());
        long octets = request.getContentLengthLong();
        if (octets < 0) {
            faces.getExternalContext().responseSendError(HttpServletResponse.SC_LENGTH_REQUIRED, null);
            faces.responseComplete();
        } else if (octets > MOST) {
            faces.getExternalContext().setResponseStatus(HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE);
            act.refuse("file", "joining.file.large");
        } else {
            created(spooled(request.getInputStream()));
        }
    }

    private boolean isFile() {
        String type = request.getContentType();
        return request.getMethod().equals("POST")
                && type != null
                && type.toLowerCase(Locale.ROOT).startsWith("text/csv");
    }

    /** First to a file: what comes slowly must hold no transaction. */
    private Begun spooled(InputStream body) throws IOException {
        Path spool = Files.createTempFile("posthorn-import-", ".csv");
        try {
            Files.copy(body, spool, StandardCopyOption.REPLACE_EXISTING);
            try (InputStream csv = Files.newInputStream(spool)) {
                return begin(fileName(), csv);
            }
        } finally {
            Files.deleteIfExists(spool);
        }
    }

    /** As RFC 6266 has it, from our own script; anything else is no name. */
    private String fileName() {
        String disposition = request.getHeader("Content-Disposition");
        int at = disposition == null ? -1 : disposition.toLowerCase(Locale.ROOT).indexOf(FILE_NAME);
        try {
            return at < 0
                    ? ""
                    : URLDecoder.decode(
                            disposition.substring(at + FILE_NAME.length()).replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private Begun begin(String name, InputStream csv) {
        try {
            return new Begun(imports.begin(here.listId(), name, csv, false), texts.get("joining.run.begun"));
        } catch (ImportUnderWayException e) {
            return new Begun(e.importId(), texts.get("joining.run.under-way"));
        }
    }

    private void created(Begun begun) {
        done.say(begun.words);
        faces.getExternalContext().setResponseStatus(HttpServletResponse.SC_CREATED);
        faces.getExternalContext().setResponseHeader("Location", page(begun));
        faces.responseComplete();
    }

    /** Takes the rows that were pasted. */
    public void paste() {
        if (rows.isBlank()) {
            act.refuse("file", "joining.file.missing");
            return;
        }
        Begun begun = begin("", new ByteArrayInputStream(rows.getBytes(StandardCharsets.UTF_8)));
        act.end(page(begun), begun.words);
    }

    private String page(Begun begun) {
        return "/manage/" + here.getList().getListId() + "/members/imports/" + begun.id;
    }

    /** The list's latest imports, the last to begin first. */
    public List<ImportView> getLatest() {
        if (latest == null) {
            latest = imports.latest(here.listId(), LATEST);
        }
        return latest;
    }

    /** How large a file may be, in octets. */
    public long getMost() {
        return MOST;
    }

    public String getRows() {
        return rows;
    }

    public void setRows(String rows) {
        this.rows = rows == null ? "" : rows;
    }
}

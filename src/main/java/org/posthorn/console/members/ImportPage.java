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
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.posthorn.console.door.Here;
import org.posthorn.console.frame.Act;
import org.posthorn.list.ImportReport;
import org.posthorn.list.MemberImport;

/**
 * {@code /manage/{list-id}/members/import}: a file of members, and what became of its rows. The file comes as the
 * request's body and is read as it comes ({@code static/file.js}); without scripts its rows can be pasted.
 */
@Named
@RequestScoped
public class ImportPage {

    /** Octets: some 500,000 members. */
    private static final long MOST = 32L * 1024 * 1024;

    @Inject
    private MemberImport members;

    @Inject
    private Here here;

    @Inject
    private Act act;

    @Inject
    private HttpServletRequest request;

    @Inject
    private FacesContext faces;

    private String rows = "";
    private ImportReport report;

    /** Before the page is shown: takes the file, if one has come. A body that does not say how long it is, is not read. */
    public void receive() throws IOException {
        if (!isFile()) {
            return;
        }
        long octets = request.getContentLengthLong();
        if (octets < 0) {
            faces.getExternalContext().responseSendError(HttpServletResponse.SC_LENGTH_REQUIRED, null);
            faces.responseComplete();
        } else if (octets > MOST) {
            faces.getExternalContext().setResponseStatus(HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE);
            act.refuse("file", "joining.file.large");
        } else {
            take(request.getInputStream());
        }
    }

    private boolean isFile() {
        String type = request.getContentType();
        return request.getMethod().equals("POST")
                && type != null
                && type.toLowerCase(Locale.ROOT).startsWith("text/csv");
    }

    /** Takes the rows that were pasted. */
    public void paste() {
        if (rows.isBlank()) {
            act.refuse("file", "joining.file.missing");
        } else {
            take(new ByteArrayInputStream(rows.getBytes(StandardCharsets.UTF_8)));
            rows = report.failed() == 0 ? "" : rows;
        }
    }

    private void take(InputStream csv) {
        report = members.run(here.listId(), csv, false);
    }

    /** What became of the rows; null: nothing was sent yet. */
    public ImportReport getReport() {
        return report;
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

package org.posthorn.console.members;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.InputStream;
import org.posthorn.console.door.Here;
import org.posthorn.console.frame.Act;
import org.posthorn.list.ImportReport;
import org.posthorn.list.MemberImport;

/** {@code /manage/{list-id}/members/import}: a file of members, and what became of its rows. */
@Named
@RequestScoped
public class ImportPage {

    @Inject
    private MemberImport members;

    @Inject
    private Here here;

    @Inject
    private Act act;

    private Part file;
    private ImportReport report;

    public void take() throws IOException {
        if (file == null || file.getSize() == 0) {
            act.refuse("file", "joining.file.missing");
            return;
        }
        try (InputStream csv = file.getInputStream()) {
            report = members.run(here.listId(), csv, false);
        } finally {
            file.delete();
        }
    }

    /** What became of the rows; null: nothing was sent yet. */
    public ImportReport getReport() {
        return report;
    }

    public Part getFile() {
        return file;
    }

    public void setFile(Part file) {
        this.file = file;
    }
}

package org.posthorn.console.members;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.annotation.ManagedProperty;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import org.posthorn.console.door.Here;
import org.posthorn.list.MemberExport;
import org.posthorn.list.Role;

/** {@code /manage/{list-id}/members/export?role=…}: the roster as CSV, streamed. */
@Named
@RequestScoped
public class MemberFiles {

    @Inject
    private MemberExport export;

    @Inject
    private Here here;

    @Inject
    private FacesContext faces;

    @Inject
    @ManagedProperty("#{param.role}")
    private String role;

    public void export() throws IOException {
        Role wanted = Choices.parse(Role.class, role).orElse(Role.MEMBER);
        MemberExport.Prepared prepared = export.prepare(here.listId(), wanted);
        HttpServletResponse response =
                (HttpServletResponse) faces.getExternalContext().getResponse();
        response.setContentType("text/csv; charset=utf-8");
        response.setHeader(
                "Content-Disposition",
                "attachment; filename=\"" + here.getList().getListId().replaceAll("[^A-Za-z0-9.-]", "_") + "-"
                        + Choices.value(wanted) + "s.csv\"");
        Writer writer = new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8);
        prepared.write(writer);
        writer.flush();
        faces.responseComplete();
    }
}

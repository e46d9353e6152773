package org.posthorn.console.site;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.posthorn.console.text.Texts;
import org.posthorn.delivery.InvalidSmarthostException;
import org.posthorn.delivery.SmarthostSelection;

/** On {@code /site/smarthosts}: which of several smarthosts for the same domains a recipient's mail goes by. */
@Named
@RequestScoped
public class SmarthostSelectionForm {

    @Inject
    private SmarthostSelection selection;

    @Inject
    private RowAct act;

    @Inject
    private Texts texts;

    private String select;

    @PostConstruct
    void read() {
        select = selection.present().word();
    }

    public void save() {
        try {
            selection.change(select);
            act.done("/site/smarthosts", texts.get("smarthosts.selectSaved"));
        } catch (InvalidSmarthostException e) {
            act.refused("select", texts.of("smarthosts.select.wrong", e.value()));
        }
    }

    public String getSelect() {
        return select;
    }

    public void setSelect(String select) {
        this.select = select;
    }
}

package org.posthorn.console.site;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.posthorn.console.door.Here;
import org.posthorn.console.text.Texts;
import org.posthorn.list.UnknownException;
import org.posthorn.mail.HeaderBlock;
import org.posthorn.mail.HeaderField;
import org.posthorn.platform.Text;
import org.posthorn.platform.actor.Acting;
import org.posthorn.queue.ParkedEntries;
import org.posthorn.queue.ParkedEntry;
import org.posthorn.queue.Shunt;

/** {@code /site/shunted/{entry}}: what is it, and why did it fail? The message's header is shown as text, and no more of it. */
@Named
@RequestScoped
public class ShuntedEntry {

    private static final int MOST_FIELDS = 200;
    private static final int LONGEST = 2000;

    @Inject
    private ParkedEntries parked;

    @Inject
    private Shunt shunt;

    @Inject
    private RowAct act;

    @Inject
    private Here here;

    @Inject
    private Texts texts;

    private ParkedRow row;
    private List<Field> fields;

    /** A field of the header. */
    public record Field(String name, String value) {

        public String getName() {
            return name;
        }

        public String getValue() {
            return value;
        }
    }

    @PostConstruct
    void read() {
        String id = here.part("entry");
        ParkedEntry entry = (id.matches("[0-9]{1,18}")
                        ? parked.find(Long.parseLong(id))
                        : java.util.Optional.<ParkedEntry>empty())
                .orElseThrow(() -> new UnknownException("entry", id));
        row = new ParkedRow(entry);
        fields = HeaderBlock.parse(beforeBody(parked.head(entry))).fields().stream()
                .limit(MOST_FIELDS)
                .map(ShuntedEntry::field)
                .toList();
    }

    private static Field field(HeaderField field) {
        return new Field(Text.line(field.name(), 100), Text.line(field.text(), LONGEST));
    }

    /** @return what stands before the first empty line */
    private static byte[] beforeBody(byte[] head) {
        for (int i = 0; i + 1 < head.length; i++) {
            if (head[i] == '\n' && (head[i + 1] == '\n' || head[i + 1] == '\r')) {
                return java.util.Arrays.copyOf(head, i + 1);
            }
        }
        return head;
    }

    public void putBack() {
        end(shunt.putBack(row.getId(), Acting.current().name()), "shunted.putBackDone");
    }

    public void discard() {
        end(shunt.discard(row.getId(), Acting.current().name()), "shunted.discardDone");
    }

    private void end(boolean done, String text) {
        if (done) {
            act.done("/site/shunted?queue=" + row.getQueue(), texts.of(text, 1));
        } else {
            act.refused(texts.get("shunted.gone"));
        }
    }

    public ParkedRow getRow() {
        return row;
    }

    public List<Field> getFields() {
        return fields;
    }
}

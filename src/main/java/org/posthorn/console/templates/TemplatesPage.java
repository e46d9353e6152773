package org.posthorn.console.templates;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.posthorn.template.TemplateName;
import org.posthorn.template.TemplateText;
import org.posthorn.template.TemplateTexts;

/** Which texts there are, and which of them the list, domain or site has written itself. */
@Named
@RequestScoped
public class TemplatesPage {

    @Inject
    private TemplateTexts texts;

    @Inject
    private TemplatePlace place;

    private List<TemplateText> own;

    /** One text in one language. */
    public record Written(String language, Instant changedAt) {

        public String getLanguage() {
            return language;
        }

        public Instant getChangedAt() {
            return changedAt;
        }
    }

    /** A name, and what the list has written of it. */
    public record Row(String name, List<Written> written) {

        public String getName() {
            return name;
        }

        public List<Written> getWritten() {
            return written;
        }
    }

    @PostConstruct
    void read() {
        own = texts.of(place.context());
    }

    public List<Row> getRows() {
        return Arrays.stream(TemplateName.values())
                .sorted(Comparator.comparing(TemplateName::label))
                .map(name -> new Row(name.label(), written(name)))
                .toList();
    }

    private List<Written> written(TemplateName name) {
        return own.stream()
                .filter(text -> text.name() == name)
                .map(text -> new Written(
                        text.language().isEmpty() ? TemplateText.ANY_LANGUAGE : text.language(), text.changedAt()))
                .toList();
    }

    public int getCount() {
        return own.size();
    }
}

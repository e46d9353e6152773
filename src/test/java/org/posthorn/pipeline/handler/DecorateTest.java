package org.posthorn.pipeline.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.posthorn.pipeline.handler.Drafts.aDraft;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.posthorn.pipeline.Draft;
import org.posthorn.template.TemplateName;

class DecorateTest {

    @ParameterizedTest
    @CsvSource({
        "en, To unsubscribe",
        "de, Zum Abmelden",
        "fr, Pour vous désabonner",
        "es, Para darse de baja",
        "xx, To unsubscribe",
        "de-AT, Zum Abmelden"
    })
    void decorateShouldSpeakTheListsLanguage(String language, String expected) {
        Drafts draft = aDraft();
        draft.list.presentation().setPreferredLanguage(language);
        assertThat(draft.after(new Decorate()).footer())
                .contains(expected, "test-leave@lists.example.org", "test@lists.example.org", "Test");
    }

    @Test
    void decorateShouldTakeTheSitesTextsWithTheListsVariables() {
        Drafts draft = aDraft().field("Subject", "s");
        draft.templates.put(TemplateName.REGULAR_HEADER, "This is $display_name.");
        draft.templates.put(TemplateName.REGULAR_FOOTER, "-- ${list_id} $unknown\n");
        Draft after = draft.after(new Decorate());
        assertThat(after.above()).isEqualTo("This is Test.");
        assertThat(after.footer()).isEqualTo("-- test.lists.example.org $unknown\n");
    }

    @Test
    void decorateShouldPutNothingAboveOfItselfAndNothingBelowWhereTheSiteWantsNothing() {
        Drafts draft = aDraft();
        draft.templates.put(TemplateName.REGULAR_FOOTER, "");
        Draft after = draft.after(new Decorate());
        assertThat(after.above()).isEmpty();
        assertThat(after.footer()).isEmpty();
    }
}

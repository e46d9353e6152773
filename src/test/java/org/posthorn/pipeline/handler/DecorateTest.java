package org.posthorn.pipeline.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.posthorn.pipeline.handler.Drafts.aDraft;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.posthorn.list.Personalization;
import org.posthorn.mail.PersonalValue;
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

    private static final String ALL = "$user_email ${user_address} $user_delivered_to $user_language $user_name"
            + " $user_name_or_address $user_name_or_email $member|";

    @ParameterizedTest
    @EnumSource(
            value = Personalization.class,
            names = {"INDIVIDUAL", "FULL"})
    void decorateShouldLeaveTheRecipientsOwnOpenWhereCopiesArePersonal(Personalization personalize) {
        Drafts draft = aDraft();
        draft.list.appearance().setPersonalize(personalize);
        draft.templates.put(TemplateName.REGULAR_HEADER, ALL);
        draft.templates.put(TemplateName.REGULAR_FOOTER, ALL + " $user_unknown $$user_name");
        String expected = PersonalValue.EMAIL.mark() + " " + PersonalValue.EMAIL.mark() + " "
                + PersonalValue.DELIVERED_TO.mark() + " " + PersonalValue.LANGUAGE.mark() + " "
                + PersonalValue.NAME.mark() + " " + PersonalValue.NAME_OR_ADDRESS.mark() + " "
                + PersonalValue.NAME_OR_ADDRESS.mark() + " " + PersonalValue.NAME_AND_ADDRESS.mark() + "|";
        Draft after = draft.after(new Decorate());
        assertThat(after.above()).isEqualTo(expected);
        assertThat(after.footer()).isEqualTo(expected + " $user_unknown $user_name");
    }

    @Test
    void decorateShouldLeaveTheRecipientsOwnOutWhereAllGetTheSame() {
        Drafts draft = aDraft();
        draft.list.appearance().setPersonalize(Personalization.NONE);
        draft.templates.put(TemplateName.REGULAR_FOOTER, ALL);
        assertThat(draft.after(new Decorate()).footer()).isEqualTo(" ".repeat(7) + "|");
    }

    @Test
    void nothingThatPeopleWriteShouldPassForTheRecipientsOwn() {
        String mark = PersonalValue.NAME.mark();
        Drafts draft = aDraft();
        draft.list.appearance().setPersonalize(Personalization.FULL);
        draft.list.presentation().setDisplayName("N" + mark + "ame");
        assertThat(draft.after(new Decorate()).footer()).contains("Name").doesNotContain(mark);
        draft.templates.put(TemplateName.REGULAR_FOOTER, mark + "a $display_name");
        assertThat(draft.after(new Decorate()).footer()).isEqualTo("a Name");
    }

    @Test
    void theOptionsPageShouldBeTheListsWhereItMayBeSeen() {
        Drafts draft = aDraft();
        draft.templates.put(TemplateName.REGULAR_FOOTER, "<$user_optionsurl>");
        assertThat(draft.after(new Decorate()).footer())
                .isEqualTo("<https://lists.example.org/lists/test.lists.example.org>");
        draft.list.presentation().setAdvertised(false);
        assertThat(draft.after(new Decorate()).footer()).isEqualTo("<>");
    }
}

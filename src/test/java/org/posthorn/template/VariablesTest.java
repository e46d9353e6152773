package org.posthorn.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.posthorn.list.Domain;
import org.posthorn.list.MailingList;

class VariablesTest {

    @Test
    void knownNamesShouldBeReplacedOnceAndOthersStay() {
        Map<String, String> values = Map.of("listname", "ant@example.com", "reason", "$listname \\1");
        assertThat(Variables.replace("$listname ${listname}s $reason $user_email ${none} $5 $", values))
                .isEqualTo("ant@example.com ant@example.coms $listname \\1 $user_email ${none} $5 $");
    }

    /** An owner may write both. */
    @Test
    void longValueThatIsNamedOverAndOverShouldNotGrowBeyondBounds() {
        String text = "$info\n".repeat(13_000);

        String filled = Variables.replace(text, Map.of("info", "x".repeat(100_000)));

        assertThat(filled.length()).isBetween(2 * 100_000, Variables.MOST + text.length());
        assertThat(filled).endsWith("$info\n");
    }

    @Test
    void twoDollarSignsShouldBeOne() {
        assertThat(Variables.replace("$$listname costs $$5", Map.of("listname", "x")))
                .isEqualTo("$listname costs $5");
    }

    @Test
    void listShouldBeNamedAsMailmanDoes() {
        MailingList list = new MailingList("ant", new Domain("example.com"), Instant.EPOCH);
        list.presentation().setDescription("About\nants");
        assertThat(Variables.of(list, "de"))
                .containsEntry("listname", "ant@example.com")
                .containsEntry("fqdn_listname", "ant@example.com")
                .containsEntry("list_id", "ant.example.com")
                .containsEntry("list_name", "ant")
                .containsEntry("short_listname", "ant")
                .containsEntry("domain", "example.com")
                .containsEntry("display_name", "Ant")
                .containsEntry("description", "About ants")
                .containsEntry("request_email", "ant-request@example.com")
                .containsEntry("owner_email", "ant-owner@example.com")
                .containsEntry("language", "de");
    }
}

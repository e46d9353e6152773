package org.posthorn.list;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.posthorn.testing.BothDatabases;
import org.posthorn.testing.TestDatabase;

class MemberExportTest {

    private static String exported(TestDatabase database, MailingList list, Role role) {
        StringWriter csv = new StringWriter();
        try {
            new MemberExport(database.sql()).prepare(list.getId(), role).write(csv);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return csv.toString();
    }

    @BothDatabases
    void exportShouldBeWhatTheImportReads(TestDatabase database) {
        try (ListsOnDatabase posthorn = new ListsOnDatabase(database)) {
            MailingList list = posthorn.aList("test@example.org");
            String csv = "email,display_name,delivery_mode,language,Company,team\n"
                    + "Ann@example.com,\"Ann \"\"A\"\", Zoë\",mime_digests,pt-BR,Łódź & Co,\n"
                    + "bob@example.com,,,,,red\n"
                    + "carol@example.com,Carol,,,,\n";
            posthorn.imported(list, csv);

            assertThat(exported(database, list, Role.MEMBER)).isEqualTo(csv);
            assertThat(posthorn.imported(list, exported(database, list, Role.MEMBER))
                            .skipped())
                    .isEqualTo(3);
        }
    }

    @BothDatabases
    void pagesShouldNotLoseOrRepeatAMember(TestDatabase database) {
        try (ListsOnDatabase posthorn = new ListsOnDatabase(database)) {
            MailingList list = posthorn.aList("test@example.org");
            MailingList other = posthorn.aList("other@example.org");
            posthorn.imported(other, "email\nelse@example.com\n");
            posthorn.imported(
                    list,
                    "email\n"
                            + IntStream.range(0, 2003)
                                    .mapToObj(i -> "m" + i + "@example.com\n")
                                    .collect(Collectors.joining()));

            assertThat(exported(database, list, Role.MEMBER).lines().skip(1))
                    .hasSize(2003)
                    .doesNotHaveDuplicates()
                    .allMatch(line -> line.startsWith("m"));
        }
    }

    @BothDatabases
    void anotherRoleShouldBeExportedByItself(TestDatabase database) {
        try (ListsOnDatabase posthorn = new ListsOnDatabase(database)) {
            MailingList list = posthorn.aList("test@example.org");
            posthorn.aMember(list, "owner@example.com", Role.OWNER);
            posthorn.aMember(list, "member@example.com", Role.MEMBER);

            assertThat(exported(database, list, Role.OWNER).lines())
                    .hasSize(2)
                    .anyMatch(line -> line.startsWith("owner@example.com,"));
        }
    }
}

package org.posthorn.list;

import static org.assertj.core.api.Assertions.assertThat;

import org.posthorn.testing.BothDatabases;
import org.posthorn.testing.TestDatabase;

class ListDirectoryTest {

    private static final ListDirectory.Wanted ALL = new ListDirectory.Wanted("", "");

    @BothDatabases
    void pageShouldHaveEachListsNumbers(TestDatabase database) {
        try (ListsOnDatabase posthorn = new ListsOnDatabase(database)) {
            MailingList a = posthorn.aList("a@example.org");
            MailingList b = posthorn.aList("b@example.org");
            posthorn.aList("c@example.org");
            posthorn.aMember(a, "ann@example.com", Role.MEMBER);
            posthorn.aMember(a, "bob@example.com", Role.MEMBER);
            posthorn.aMember(a, "own@example.com", Role.OWNER);
            posthorn.aMember(b, "ann@example.com", Role.MEMBER);
            ListDirectory directory = new ListDirectory(database.sql());

            Page<ListDirectory.Row> first = directory.all(ALL, new Paging(2, 1));
            Page<ListDirectory.Row> second = directory.all(ALL, new Paging(2, 2));

            assertThat(first.total()).isEqualTo(3);
            assertThat(first.entries())
                    .extracting(ListDirectory.Row::listId)
                    .containsExactly("a.example.org", "b.example.org");
            assertThat(first.entries()).extracting(ListDirectory.Row::members).containsExactly(2L, 1L);
            assertThat(second.entries()).extracting(ListDirectory.Row::members).containsExactly(0L);
            assertThat(directory
                            .all(new ListDirectory.Wanted("nothing so called", ""), new Paging(2, 1))
                            .entries())
                    .isEmpty();
            assertThat(directory.advertised(ALL, new Paging(2, 1)).entries())
                    .as("strangers see no numbers")
                    .extracting(ListDirectory.Row::members)
                    .containsOnly(0L);
        }
    }
}

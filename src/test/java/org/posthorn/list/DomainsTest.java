package org.posthorn.list;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.posthorn.testing.BothDatabases;
import org.posthorn.testing.TestDatabase;

class DomainsTest {

    @BothDatabases
    void changeShouldBeRefusedToWhoSawAnEarlierVersion(TestDatabase database) {
        try (ListsOnDatabase posthorn = new ListsOnDatabase(database)) {
            ListDirectory directory = new ListDirectory(database.sql());
            posthorn.run(() -> posthorn.domainOperations.create("example.org", "ours", null));
            long version = directory.domain("EXAMPLE.org").orElseThrow().version();

            posthorn.run(() ->
                    posthorn.domainOperations.change("example.org", version, "theirs", "https://lists.example.org"));
            assertThatThrownBy(() ->
                            posthorn.run(() -> posthorn.domainOperations.change("example.org", version, "mine", null)))
                    .isInstanceOf(ConflictException.class);

            assertThat(directory.domain("example.org").orElseThrow())
                    .extracting(ListDirectory.DomainRow::description, ListDirectory.DomainRow::baseUrl)
                    .containsExactly("theirs", "https://lists.example.org");
        }
    }
}

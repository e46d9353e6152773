package org.posthorn.list;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collection;
import java.util.List;
import org.posthorn.platform.audit.AuditEntry;
import org.posthorn.testing.BothDatabases;
import org.posthorn.testing.TestDatabase;

/** A domain's description, address and other names, changed at once. */
class DomainChangesTest {

    private static Domain domain(ListsOnDatabase lists) {
        return lists.inTransaction(() -> {
            Domain domain = lists.domains.byMailHost("example.com").orElseThrow();
            domain.getAliases().size();
            return domain;
        });
    }

    private static void change(ListsOnDatabase lists, long seen, Collection<String> aliases) {
        lists.run(() -> lists.domainOperations.change("example.com", seen, "ours", null, aliases));
    }

    @BothDatabases
    void namesShouldBecomeThoseGivenAndBeRecorded(TestDatabase database) {
        try (ListsOnDatabase lists = new ListsOnDatabase(database)) {
            lists.aList("ant@example.com");
            change(lists, domain(lists).getVersion(), List.of("Old.example", "kept.example"));
            change(lists, domain(lists).getVersion(), List.of("kept.example", "new.example"));

            assertThat(domain(lists).getAliases()).containsExactlyInAnyOrder("kept.example", "new.example");
            assertThat(database.audited())
                    .filteredOn(entry -> entry.field().filter("aliases"::equals).isPresent())
                    .extracting(AuditEntry::oldValue)
                    .anySatisfy(old -> assertThat(old).contains("old.example"));
        }
    }

    @BothDatabases
    void secondWhoChangesOnlyNamesShouldBeTold(TestDatabase database) {
        try (ListsOnDatabase lists = new ListsOnDatabase(database)) {
            lists.aList("ant@example.com");
            change(lists, domain(lists).getVersion(), List.of());
            long seen = domain(lists).getVersion();
            change(lists, seen, List.of("first.example"));

            assertThatThrownBy(() -> change(lists, seen, List.of("second.example")))
                    .isInstanceOf(ConflictException.class);
            assertThat(domain(lists).getAliases()).containsExactly("first.example");
        }
    }

    @BothDatabases
    void nameThatIsTakenOrNoneShouldChangeNothing(TestDatabase database) {
        try (ListsOnDatabase lists = new ListsOnDatabase(database)) {
            lists.aList("ant@example.com");
            lists.aList("bee@other.example");
            long seen = domain(lists).getVersion();

            assertThatThrownBy(() -> change(lists, seen, List.of("fine.example", "other.example")))
                    .isInstanceOf(DuplicateException.class);
            assertThatThrownBy(() -> change(lists, seen, List.of("no name")))
                    .isInstanceOf(InvalidValueException.class)
                    .extracting(thrown -> ((InvalidValueException) thrown).field())
                    .isEqualTo("aliases");
            assertThat(domain(lists).getAliases()).isEmpty();
            assertThat(domain(lists).getVersion()).isEqualTo(seen);
        }
    }
}

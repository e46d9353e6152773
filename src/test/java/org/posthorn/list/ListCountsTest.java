package org.posthorn.list;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.posthorn.testing.BothDatabases;
import org.posthorn.testing.TestDatabase;

class ListCountsTest {

    @BothDatabases
    void listsShouldBeCountedTogetherAsEachByItself(TestDatabase database) {
        try (ListsOnDatabase lists = new ListsOnDatabase(database)) {
            List<Long> ids = new ArrayList<>();
            for (int i = 0; i < 103; i++) {
                ids.add(lists.aList("l" + i + "@example.com").getId());
            }
            MailingList some =
                    lists.inTransaction(() -> lists.lists.byId(ids.get(101)).orElseThrow());
            lists.aMember(some, "anne@example.com", Role.MEMBER);
            lists.aMember(some, "bart@example.com", Role.MEMBER);
            lists.aMember(some, "cris@example.com", Role.OWNER);
            database.sql().update("update list_counter set volume = 7 where list_id = ?", ids.get(102));

            assertThat(lists.inTransaction(() -> lists.members.counts(ids, Role.MEMBER)))
                    .containsOnlyKeys(some.getId())
                    .containsValue(2L);
            assertThat(lists.counters.volumes(ids))
                    .hasSize(103)
                    .containsEntry(ids.get(102), 7)
                    .containsEntry(ids.get(0), 1);
            assertThat(lists.inTransaction(() -> lists.members.counts(List.of(), Role.MEMBER)))
                    .isEmpty();
            assertThat(lists.counters.volumes(List.of())).isEmpty();
        }
    }
}

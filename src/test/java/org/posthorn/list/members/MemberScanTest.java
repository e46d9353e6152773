package org.posthorn.list.members;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.posthorn.list.ListsOnDatabase;
import org.posthorn.list.MailingList;
import org.posthorn.list.Role;
import org.posthorn.testing.TestDatabase;
import org.posthorn.testing.TestDatabases;

class MemberScanTest {

    private static final int MEMBERS = 6_000;

    /** A plan that reads the roster for each candidate took over a minute on a list of 200,000 members. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void broadSearchOnPostgreSqlShouldGoFromAddressesToMembersByTheIndex(boolean analyzed) {
        try (TestDatabase database = TestDatabases.POSTGRESQL.fresh();
                ListsOnDatabase lists = new ListsOnDatabase(database)) {
            MailingList list = lists.aList("big@example.com");
            BigRoster.fill(database, list.getId(), MEMBERS);
            if (analyzed) {
                database.sql().update("analyze");
            }
            MemberFilter search = new MemberFilter(Role.MEMBER, "member", null, null);

            MemberScan.Statement statement = MemberScan.of(list.getId(), search, database.dialect())
                    .get(0)
                    .statement(Long.MAX_VALUE, 50);
            List<String> plan = database.sql()
                    .list(
                            "explain " + statement.text(),
                            row -> row.getString(1),
                            statement.parameters().toArray());

            // One row or several an address: the planner takes the index either way.
            assertThat(plan).anyMatch(line -> line.matches(".*Index Scan (using|on) member_address\\b.*"));
            assertThat(plan).noneMatch(line -> line.contains("Seq Scan on member"));
        }
    }
}

package org.posthorn.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What a run consists of.
 *
 * @param seed of the schedule and of the load
 * @param length of the load and of the events; start and drain come on top
 * @param pace the mean time between two events
 * @param database {@code postgres} or {@code h2} (one node, and no blow to the database)
 * @param lists from the smallest to the largest
 * @param drain how long what was accepted may take once all is healed
 */
record Setup(
        long seed,
        Duration length,
        Duration pace,
        int nodes,
        int smarthosts,
        String database,
        List<MailingList> lists,
        Duration drain,
        Set<Kind> kinds) {

    /** For each node and smarthost. */
    static final int CONNECTIONS = 2;

    /** {@code POSTHORN_REPEAT_BOUND}'s default. */
    static final int REPEAT_BOUND = 100;

    /**
     * In which something that is due must get on, all of the site as well as each slice, while a node, the database and a
     * smarthost are up: the takeover's 20 s, and what a node that has just started needs.
     */
    static final Duration MOST_STALL = Duration.ofSeconds(30);

    /**
     * Of a post, from its 250 to its last member. A pause of 40 s or a start of 35 s, the takeover after it, and the wait
     * after a 4xx, half of which may come twice.
     */
    static final Duration MOST_WAY = Duration.ofMinutes(3);

    static final int SMARTHOSTS = 2;
    private static final Duration BRIEF = Duration.ofMinutes(5);
    private static final String USAGE = """
            usage: bin/chaos [--seed N] [--minutes M] [--nodes 2] [--database postgres|h2] [--members 3,40p,400p,3000] [--events KIND,…]

              --seed      of the schedule and the load; printed, so that a run can be repeated (by chance)
              --minutes   of load and events (30); start and end take some more
              --members   the lists' sizes; p: personal copies
              --events    only these:\s""";

    /** @throws IllegalArgumentException with what is allowed */
    static Setup of(List<String> words, long seed) {
        long chosen = seed;
        double minutes = 30;
        int nodes = 2;
        String database = "postgres";
        String members = "3,40p,400p,3000";
        Set<Kind> kinds = EnumSet.allOf(Kind.class);
        for (int i = 0; i < words.size(); i += 2) {
            String value = i + 1 < words.size() ? words.get(i + 1) : "";
            try {
                switch (words.get(i)) {
                    case "--seed" -> chosen = Long.parseLong(value);
                    case "--minutes" -> minutes = Double.parseDouble(value);
                    case "--nodes" -> nodes = Integer.parseInt(value);
                    case "--database" -> database = value;
                    case "--members" -> members = value;
                    case "--events" -> kinds = kinds(value);
                    default -> throw new IllegalArgumentException(words.get(i));
                }
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(usage(), e);
            }
        }
        boolean h2 = database.equals("h2");
        if (minutes <= 0 || nodes < 1 || nodes > 8 || !h2 && !database.equals("postgres")) {
            throw new IllegalArgumentException(usage());
        }
        if (h2) {
            nodes = 1;
            kinds.removeIf(kind -> kind.part() == Kind.Part.DATABASE);
        }
        return of(chosen, Duration.ofMillis((long) (minutes * 60_000)), nodes, database, lists(members), kinds);
    }

    static Setup of(long seed, Duration length, int nodes, String database, List<MailingList> lists, Set<Kind> kinds) {
        boolean brief = length.compareTo(BRIEF) < 0;
        Duration pace = Duration.ofSeconds(brief ? 8 : 15);
        return new Setup(
                seed, length, pace, nodes, SMARTHOSTS, database, lists, Duration.ofMinutes(10), EnumSet.copyOf(kinds));
    }

    private static String usage() {
        return USAGE
                + String.join(",", Arrays.stream(Kind.values()).map(Kind::name).toList());
    }

    private static Set<Kind> kinds(String names) {
        Set<Kind> kinds = EnumSet.noneOf(Kind.class);
        for (String name : names.split(",")) {
            kinds.add(Kind.valueOf(name));
        }
        return kinds;
    }

    static List<MailingList> lists(String sizes) {
        List<MailingList> lists = new ArrayList<>();
        for (String size : sizes.split(",")) {
            boolean personal = size.endsWith("p");
            int members = Integer.parseInt(personal ? size.substring(0, size.length() - 1) : size);
            lists.add(new MailingList(lists.size(), members, personal));
        }
        return lists;
    }

    boolean isShort() {
        return length.compareTo(BRIEF) < 0;
    }

    boolean onPostgreSql() {
        return database.equals("postgres");
    }

    /** Copies on their way at which no new post is made. */
    long mostUnderWay() {
        return 2L * lists.stream().mapToInt(MailingList::size).max().orElse(0);
    }
}

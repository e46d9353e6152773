package org.posthorn.console.signin;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpSession;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.posthorn.platform.Digests;
import org.posthorn.platform.grid.Grid;

/**
 * The sessions that people have ended lately, on any node: another that has served one keeps a copy in its memory, which
 * the container does not take away. Told by the grid as digests, and all of them again when it has grown: a node that was
 * cut off in that moment knows soon after it is back. Until then it does not, so a change of the password, or ending all
 * sessions, is what counts for certain.
 */
@ApplicationScoped
public class SignedOut {

    private static final String TOPIC = "posthorn.console.signed-out";
    private static final int MOST = 10_000;

    /** Of one text. */
    private static final int AT_ONCE = 250;

    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

    private final Grid grid;
    private final Set<String> digests = Collections.synchronizedSet(Collections.newSetFromMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MOST;
        }
    }));
    private boolean listening;

    /** As of the last look; and whether it had grown then. */
    private int members;

    private boolean grown;

    protected SignedOut() {
        this(null);
    }

    @Inject
    public SignedOut(Grid grid) {
        this.grid = grid;
    }

    void add(HttpSession session) {
        if (grid.isOn()) {
            String digest = digest(session);
            digests.add(digest);
            grid.tell(TOPIC, digest);
        }
    }

    /** Whether it was ended, on whichever node. */
    public boolean holds(HttpSession session) {
        if (!grid.isOn() || session == null) {
            return false;
        }
        listen();
        return digests.contains(digest(session));
    }

    /** A node that has yet to serve its first session has no copy of any. */
    private synchronized void listen() {
        if (!listening) {
            listening = grid.listen(TOPIC, this::heard).isPresent();
        }
    }

    /**
     * To be called every few seconds. Tells all where there are more members than before, and once more at the next look:
     * who has just come may not listen yet.
     */
    public void look() {
        if (grid.isOn() && isToBeTold(grid.members())) {
            tellAll();
        }
    }

    private synchronized boolean isToBeTold(int now) {
        boolean again = grown;
        grown = now > members && now > 1;
        members = now;
        return again || grown;
    }

    private void tellAll() {
        List<String> all;
        synchronized (digests) {
            all = List.copyOf(digests);
        }
        for (int from = 0; from < all.size(); from += AT_ONCE) {
            grid.tell(TOPIC, String.join(",", all.subList(from, Math.min(all.size(), from + AT_ONCE))));
        }
    }

    private void heard(String text) {
        for (String digest : text.split(",", AT_ONCE + 1)) {
            if (DIGEST.matcher(digest).matches()) {
                digests.add(digest);
            }
        }
    }

    private static String digest(HttpSession session) {
        return HexFormat.of().formatHex(Digests.sha256().digest(session.getId().getBytes(StandardCharsets.UTF_8)));
    }
}

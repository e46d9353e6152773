package org.posthorn.console.signin;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpSession;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.posthorn.platform.Digests;
import org.posthorn.platform.grid.Grid;

/**
 * The sessions that people have ended lately, on any node: another that has served one keeps a copy in its memory, which
 * the container does not take away. Told by the grid as digests; a node that was cut off from it in that moment does not
 * know, so a change of the password, or ending all sessions, is what counts for certain.
 */
@ApplicationScoped
public class SignedOut {

    private static final String TOPIC = "posthorn.console.signed-out";
    private static final int MOST = 10_000;
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

    private final Grid grid;
    private final Set<String> digests = Collections.synchronizedSet(Collections.newSetFromMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MOST;
        }
    }));
    private boolean listening;

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

    private void heard(String text) {
        if (DIGEST.matcher(text).matches()) {
            digests.add(text);
        }
    }

    private static String digest(HttpSession session) {
        return HexFormat.of().formatHex(Digests.sha256().digest(session.getId().getBytes(StandardCharsets.UTF_8)));
    }
}

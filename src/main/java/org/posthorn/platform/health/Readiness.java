package org.posthorn.platform.health;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.posthorn.platform.settings.Stopping;

/**
 * This node's readiness: each component says when it is up and when it is down again; the node is ready while all are
 * up. Everything is down at first.
 */
@ApplicationScoped
public class Readiness {

    private final Set<Component> up = Collections.synchronizedSet(EnumSet.noneOf(Component.class));

    public void up(Component component) {
        up.add(component);
    }

    public void down(Component component) {
        up.remove(component);
    }

    /** @return whether this one is */
    public boolean isUp(Component component) {
        return up.contains(component);
    }

    /** @return whether every component is up, and the node has not been told to stop */
    public boolean isReady() {
        return up.size() == Component.values().length && !Stopping.isSo();
    }
}

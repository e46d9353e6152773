package org.posthorn.ingress.room;

import jakarta.enterprise.context.ApplicationScoped;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * What this node knows of the room there is: all open at first, later as last measured. What cannot be measured stays as
 * it was; that is logged when it begins and when it ends, and shown.
 */
@ApplicationScoped
public class Room {

    private static final Logger LOG = System.getLogger(Room.class.getName());

    /** @param measured false: the latest attempt failed, and what is known is from before */
    private record State(Gate gate, boolean measured) {}

    private final Map<Shortage, State> states = Collections.synchronizedMap(new EnumMap<>(Shortage.class));

    public Room() {
        Arrays.stream(Shortage.values()).forEach(shortage -> states.put(shortage, new State(Gate.OPEN, true)));
    }

    /** @return what more mail would have to wait for; the first, if there are several */
    public Optional<Shortage> shortage() {
        return Arrays.stream(Shortage.values()).filter(this::isShortOf).findFirst();
    }

    public boolean isShortOf(Shortage shortage) {
        return states.get(shortage).gate == Gate.CLOSED;
    }

    /** Whether the latest attempt to measure it succeeded. */
    public boolean isMeasured(Shortage shortage) {
        return states.get(shortage).measured;
    }

    Gate gate(Shortage shortage) {
        return states.get(shortage).gate;
    }

    /** @param figures what was measured, for the log */
    void set(Shortage shortage, Gate now, String figures) {
        State before = states.put(shortage, new State(now, true));
        if (!before.measured) {
            LOG.log(Level.INFO, "RoomMeasured reason={0}", shortage.label());
        }
        if (before.gate == now) {
            return;
        }
        if (now == Gate.CLOSED) {
            LOG.log(Level.WARNING, "IngressClosed reason={0} {1}", shortage.label(), figures);
        } else {
            LOG.log(Level.INFO, "IngressOpened reason={0} {1}", shortage.label(), figures);
        }
    }

    /** It stays what it was. */
    void notMeasured(Shortage shortage, Exception why) {
        State before = states.put(shortage, new State(gate(shortage), false));
        if (before.measured) {
            LOG.log(
                    Level.WARNING,
                    "RoomNotMeasured reason={0} stays={1} error={2}",
                    shortage.label(),
                    before.gate == Gate.CLOSED ? "closed" : "open",
                    why.toString());
        }
    }
}

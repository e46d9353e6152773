package org.posthorn.platform.grid;

import com.hazelcast.core.HazelcastException;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceNotActiveException;
import com.hazelcast.topic.Message;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.posthorn.platform.settings.Settings;

/**
 * Short texts from this node to the other live ones. They may be lost, come twice or late, or be anybody's invention: who
 * hears one must check it, and may do nothing because of it that would do harm if it were false.
 *
 * <p>The container starts the grid after the application, so it is looked up until it is there.
 */
@ApplicationScoped
public class Grid {

    private static final Logger LOG = System.getLogger(Grid.class.getName());
    private static final String NAME = "payara/Hazelcast";

    private final boolean on;
    private volatile HazelcastInstance found;

    protected Grid() {
        this.on = false;
    }

    @Inject
    public Grid(Settings settings) {
        this.on = settings.cluster().isOn();
    }

    /** Whether this node is to be in a grid; it need not be there yet. */
    public boolean isOn() {
        return on;
    }

    /** @return how many nodes are in the grid, with this one; 0 while there is none */
    public int members() {
        try {
            return instance().map(grid -> grid.getCluster().getMembers().size()).orElse(0);
        } catch (HazelcastInstanceNotActiveException e) {
            return 0;
        }
    }

    /**
     * Tells the other nodes. Does not wait for them; may wait for a moment for this node's own part of the grid, so not to
     * be called by who has better things to do.
     *
     * @return whether it was handed over to the grid
     */
    public boolean tell(String topic, String text) {
        try {
            Optional<HazelcastInstance> grid = instance();
            grid.ifPresent(there -> there.<String>getTopic(topic).publish(text));
            return grid.isPresent();
        } catch (HazelcastException | IllegalStateException e) {
            LOG.log(Level.DEBUG, "the grid does not take it: {0}", e.toString());
            return false;
        }
    }

    /**
     * From now on hears what other nodes tell, on a thread of the grid's: must be short.
     *
     * @return what ends it; empty while there is no grid
     */
    public Optional<Runnable> listen(String topic, Consumer<String> listener) {
        try {
            return instance().map(grid -> {
                UUID id = grid.<Object>getTopic(topic).addMessageListener(message -> hear(message, listener));
                return () -> stop(grid, topic, id);
            });
        } catch (HazelcastException | IllegalStateException e) {
            LOG.log(Level.DEBUG, "the grid is not ready: {0}", e.toString());
            return Optional.empty();
        }
    }

    private static void hear(Message<Object> message, Consumer<String> listener) {
        try {
            boolean own = message.getPublishingMember() != null
                    && message.getPublishingMember().localMember();
            if (!own && message.getMessageObject() instanceof String text) {
                listener.accept(text);
            }
        } catch (RuntimeException e) {
            LOG.log(Level.DEBUG, "the grid brought what cannot be read: {0}", e.toString());
        }
    }

    private static void stop(HazelcastInstance grid, String topic, UUID id) {
        try {
            grid.getTopic(topic).removeMessageListener(id);
        } catch (HazelcastException | IllegalStateException e) {
            LOG.log(Level.DEBUG, "the grid has ended already: {0}", e.toString());
        }
    }

    private Optional<HazelcastInstance> instance() {
        if (found == null && on) {
            try {
                found = InitialContext.doLookup(NAME);
            } catch (NamingException e) {
                LOG.log(Level.DEBUG, "there is no grid yet: {0}", e.toString());
            }
        }
        return Optional.ofNullable(found);
    }
}

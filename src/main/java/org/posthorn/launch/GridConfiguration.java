package org.posthorn.launch;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.posthorn.platform.settings.Settings;

/**
 * The data grid's configuration, as a Hazelcast file. Payara's own switches would listen on every interface, take the
 * next port where one is taken, wait seconds for members that are away, and let a request wait for minutes on a member
 * that stands still.
 *
 * <p>Nothing in the grid is needed for correctness, so everything that could make a node wait is short: a member that is
 * silent for ten seconds is out, and comes back by itself.
 */
final class GridConfiguration {

    private static final String FILE = """
            <?xml version="1.0" encoding="UTF-8"?>
            <hazelcast xmlns="http://www.hazelcast.com/schema/config">
              <cluster-name>posthorn</cluster-name>
              <properties>
                <property name="hazelcast.socket.bind.any">false</property>
                <property name="hazelcast.prefer.ipv4.stack">${ipv4}</property>
                <property name="hazelcast.phone.home.enabled">false</property>
                <property name="hazelcast.shutdownhook.enabled">false</property>
                <property name="hazelcast.wait.seconds.before.join">0</property>
                <property name="hazelcast.max.wait.seconds.before.join">0</property>
                <property name="hazelcast.max.join.seconds">5</property>
                <property name="hazelcast.socket.connect.timeout.seconds">2</property>
                <property name="hazelcast.heartbeat.interval.seconds">1</property>
                <property name="hazelcast.max.no.heartbeat.seconds">10</property>
                <property name="hazelcast.operation.call.timeout.millis">5000</property>
                <property name="hazelcast.operation.backup.timeout.millis">1000</property>
                <property name="hazelcast.merge.first.run.delay.seconds">10</property>
                <property name="hazelcast.merge.next.run.delay.seconds">10</property>
                <property name="hazelcast.partition.count">31</property>
                <property name="hazelcast.operation.thread.count">2</property>
                <property name="hazelcast.operation.generic.thread.count">2</property>
                <property name="hazelcast.event.thread.count">1</property>
                <property name="hazelcast.io.thread.count">1</property>
              </properties>
              <network>
                <port auto-increment="false">${port}</port>
                <join>
                  <auto-detection enabled="false"/>
                  <multicast enabled="false"/>
                  <tcp-ip enabled="true" connection-timeout-seconds="2">
                    <member-list>${members}</member-list>
                  </tcp-ip>
                </join>
                <interfaces enabled="true"><interface>${bind}</interface></interfaces>
              </network>
              <map name="default">
                <backup-count>1</backup-count>
                <max-idle-seconds>172800</max-idle-seconds>
                <eviction eviction-policy="LRU" max-size-policy="PER_NODE" size="20000"/>
              </map>
            </hazelcast>
            """;

    private GridConfiguration() {}

    /** @param cluster that is on; its values are checked already and need no quoting */
    static String of(Settings.Cluster cluster) {
        String members = Arrays.stream(
                        cluster.mode().substring("tcpip:".length()).split(","))
                .map(member -> "<member>" + member + "</member>")
                .collect(Collectors.joining());
        return FILE.replace("${ipv4}", Boolean.toString(cluster.bind().indexOf(':') < 0))
                .replace("${port}", Integer.toString(cluster.port()))
                .replace("${members}", members)
                .replace("${bind}", cluster.bind());
    }
}

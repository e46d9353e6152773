package org.posthorn.delivery;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.List;
import org.posthorn.delivery.smtp.Tls;
import org.posthorn.platform.Hours;
import org.posthorn.platform.audit.AuditSubject;
import org.posthorn.platform.audit.Audited;
import org.posthorn.platform.settings.SmarthostUrl;

/**
 * An MTA that takes mail from us, as an administrator set it up. Its health is each node's own knowledge and not here.
 */
@Entity
@Table(name = "smarthost")
public class Smarthost implements Audited {

    /** Whether it takes part all the time. */
    public enum Role {
        NORMAL,
        /** Only while no normal one is up. */
        FALLBACK
    }

    /** How it is spoken to. */
    public enum Transport {
        /** Several commands in one write where it offers that. */
        PIPELINING,
        /** One round trip a command, by Jakarta Mail's usual transport: for servers that stumble over the other. */
        ANGUS
    }

    /** As {@link #getDeliverUntil}: until somebody switches it off. */
    public static final Instant UNTIL_SWITCHED_OFF = Instant.parse("9999-01-01T00:00:00Z");

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "posthorn_id")
    private Long id;

    @Column(nullable = false, unique = true)
    private String name;

    @Column(nullable = false)
    private String host;

    @Column(nullable = false)
    private int port;

    @Enumerated(EnumType.STRING)
    @Column(nullable = false)
    private Tls tls = Tls.OPPORTUNISTIC;

    private String username;

    private String password;

    @Column(nullable = false)
    private int weight = 1;

    @Column(nullable = false)
    private int connections;

    @Column(nullable = false)
    private int rate;

    @Column(name = "messages_per_connection", nullable = false)
    private int messagesPerConnection;

    @Column(name = "recipients_per_message", nullable = false)
    private int recipientsPerMessage = 50;

    @Enumerated(EnumType.STRING)
    @Column(nullable = false)
    private Role role = Role.NORMAL;

    @Convert(converter = DomainsConverter.class)
    @Column(nullable = false)
    private List<String> domains = List.of("*");

    @Column(nullable = false)
    private boolean enabled = true;

    private String jndi;

    @Enumerated(EnumType.STRING)
    @Column(nullable = false)
    private Transport transport = Transport.PIPELINING;

    @Convert(converter = HoursConverter.class)
    private Hours hours = Hours.ALWAYS;

    @Column(name = "deliver_until")
    private Instant deliverUntil;

    @Version
    private long version;

    protected Smarthost() {}

    public Smarthost(String name, String host, int port) {
        this.name = name;
        this.host = host;
        this.port = port;
    }

    /** A smarthost as the settings name it. */
    static Smarthost of(SmarthostUrl url) {
        Smarthost smarthost = new Smarthost(url.name(), url.host(), url.port());
        smarthost.tls = Tls.valueOf(url.tls().name());
        smarthost.setCredentials(url.user().orElse(null), url.password().orElse(null));
        smarthost.weight = url.weight();
        smarthost.connections = url.connections();
        smarthost.rate = url.rate();
        smarthost.recipientsPerMessage = url.recipientsPerMessage();
        smarthost.role = Role.valueOf(url.role().name());
        smarthost.domains = List.copyOf(url.domains());
        smarthost.jndi = url.jndi().orElse(null);
        smarthost.transport = Transport.valueOf(url.transport().name());
        smarthost.hours = url.hours();
        return smarthost;
    }

    public Long getId() {
        return id;
    }

    /** Unique; a letter or digit, then also dot, hyphen and underscore; 64 at most. */
    public String getName() {
        return name;
    }

    public String getHost() {
        return host;
    }

    public void setHost(String host) {
        this.host = host;
    }

    public int getPort() {
        return port;
    }

    public void setPort(int port) {
        this.port = port;
    }

    public Tls getTls() {
        return tls;
    }

    public void setTls(Tls tls) {
        this.tls = tls;
    }

    /** Null: no AUTH. */
    public String getUsername() {
        return username;
    }

    /** Write-only for people; only the transport reads it. */
    String getPassword() {
        return password;
    }

    public void setCredentials(String username, String password) {
        this.username = username;
        this.password = password;
    }

    /** Its share of the hash space among the normal ones of a route, 0 to 1000. */
    public int getWeight() {
        return weight;
    }

    public void setWeight(int weight) {
        this.weight = weight;
    }

    /** Connections of each node at once; 0: {@code auto}. */
    public int getConnections() {
        return connections;
    }

    public void setConnections(int connections) {
        this.connections = connections;
    }

    /** Recipients a second; 0: no limit. */
    public int getRate() {
        return rate;
    }

    public void setRate(int rate) {
        this.rate = rate;
    }

    /** After so many messages a connection is closed; 0: no limit. */
    public int getMessagesPerConnection() {
        return messagesPerConnection;
    }

    public void setMessagesPerConnection(int messagesPerConnection) {
        this.messagesPerConnection = messagesPerConnection;
    }

    /** RCPT commands of one message at most. */
    public int getRecipientsPerMessage() {
        return recipientsPerMessage;
    }

    public void setRecipientsPerMessage(int recipientsPerMessage) {
        this.recipientsPerMessage = recipientsPerMessage;
    }

    public Role getRole() {
        return role;
    }

    public void setRole(Role role) {
        this.role = role;
    }

    /** The recipient domains that it is for: {@code *}, {@code example.org} or {@code *.de}, in lower case. */
    public List<String> getDomains() {
        return domains;
    }

    public void setDomains(List<String> domains) {
        this.domains = List.copyOf(domains);
    }

    public boolean isEnabled() {
        return enabled;
    }

    public void setEnabled(boolean enabled) {
        this.enabled = enabled;
    }

    /** A Jakarta Mail session of the container whose properties this one builds upon, e.g. {@code mail/smarthost}; or null. */
    public String getJndi() {
        return jndi;
    }

    public void setJndi(String jndi) {
        this.jndi = jndi;
    }

    public Transport getTransport() {
        return transport;
    }

    public void setTransport(Transport transport) {
        this.transport = transport;
    }

    /** When it may be used; outside of them its work waits. */
    public Hours getHours() {
        return hours;
    }

    public void setHours(Hours hours) {
        this.hours = hours;
    }

    /** Until then its hours don't count; null: they do. */
    public Instant getDeliverUntil() {
        return deliverUntil;
    }

    public void setDeliverUntil(Instant until) {
        this.deliverUntil = until;
    }

    public long getVersion() {
        return version;
    }

    @Override
    public AuditSubject auditSubject() {
        return AuditSubject.of("smarthost", name);
    }
}

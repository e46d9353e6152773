package org.posthorn.console.site;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.posthorn.delivery.Smarthost;

/** A smarthost's settings as the form holds them: text, as it was typed. */
public final class SmarthostValues {

    private String host;
    private String port;
    private String tls;
    private String username;
    private String weight;
    private String connections;
    private String rate;
    private String messagesPerConnection;
    private String rcpts;
    private String role;
    private String domains;
    private boolean enabled;
    private String jndi;
    private String transport;
    private String hours;

    private SmarthostValues() {}

    /** @return those of a smarthost that is to be made */
    static SmarthostValues preset() {
        SmarthostValues values = of(new Smarthost("new", "", 25));
        values.port = "25";
        return values;
    }

    static SmarthostValues of(Smarthost smarthost) {
        SmarthostValues values = new SmarthostValues();
        values.host = smarthost.getHost();
        values.port = Integer.toString(smarthost.getPort());
        values.tls = smarthost.getTls().name().toLowerCase(Locale.ROOT);
        values.username = smarthost.getUsername() == null ? "" : smarthost.getUsername();
        values.weight = Integer.toString(smarthost.getWeight());
        values.connections = smarthost.getConnections() == 0 ? "auto" : Integer.toString(smarthost.getConnections());
        values.rate = Integer.toString(smarthost.getRate());
        values.messagesPerConnection = Integer.toString(smarthost.getMessagesPerConnection());
        values.rcpts = Integer.toString(smarthost.getRecipientsPerMessage());
        values.role = smarthost.getRole().name().toLowerCase(Locale.ROOT);
        values.domains = String.join(", ", smarthost.getDomains());
        values.enabled = smarthost.isEnabled();
        values.jndi = smarthost.getJndi() == null ? "" : smarthost.getJndi();
        values.transport = smarthost.getTransport().name().toLowerCase(Locale.ROOT);
        values.hours = smarthost.getHours().text();
        return values;
    }

    /** @return as {@code /api/smarthosts} has them, without the password */
    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("host", host.strip());
        fields.put("port", port.strip());
        fields.put("tls", tls.strip());
        fields.put("username", username.isBlank() ? null : username.strip());
        fields.put("weight", weight.strip());
        fields.put("connections", connections.strip());
        fields.put("rate", rate.strip());
        fields.put("messages_per_connection", messagesPerConnection.strip());
        fields.put("rcpts", rcpts.strip());
        fields.put("role", role.strip());
        fields.put("domains", domains.strip());
        fields.put("enabled", enabled);
        fields.put("jndi", jndi.isBlank() ? null : jndi.strip());
        fields.put("transport", transport.strip());
        fields.put("hours", hours.strip());
        return fields;
    }

    /** The same as the form shows them, by the inputs' ids. */
    Map<String, String> shown() {
        Map<String, String> shown = new LinkedHashMap<>();
        fields().forEach((field, value) -> shown.put(field.replace('_', '-'), value == null ? "" : value.toString()));
        return shown;
    }

    public String getHost() {
        return host;
    }

    public void setHost(String host) {
        this.host = host;
    }

    public String getPort() {
        return port;
    }

    public void setPort(String port) {
        this.port = port;
    }

    public String getTls() {
        return tls;
    }

    public void setTls(String tls) {
        this.tls = tls;
    }

    public String getUsername() {
        return username;
    }

    public void setUsername(String username) {
        this.username = username;
    }

    public String getWeight() {
        return weight;
    }

    public void setWeight(String weight) {
        this.weight = weight;
    }

    public String getConnections() {
        return connections;
    }

    public void setConnections(String connections) {
        this.connections = connections;
    }

    public String getRate() {
        return rate;
    }

    public void setRate(String rate) {
        this.rate = rate;
    }

    public String getMessagesPerConnection() {
        return messagesPerConnection;
    }

    public void setMessagesPerConnection(String messagesPerConnection) {
        this.messagesPerConnection = messagesPerConnection;
    }

    public String getRcpts() {
        return rcpts;
    }

    public void setRcpts(String rcpts) {
        this.rcpts = rcpts;
    }

    public String getRole() {
        return role;
    }

    public void setRole(String role) {
        this.role = role;
    }

    public String getDomains() {
        return domains;
    }

    public void setDomains(String domains) {
        this.domains = domains;
    }

    public boolean isEnabled() {
        return enabled;
    }

    public void setEnabled(boolean enabled) {
        this.enabled = enabled;
    }

    public String getTransport() {
        return transport;
    }

    public void setTransport(String transport) {
        this.transport = transport;
    }

    public String getHours() {
        return hours;
    }

    public void setHours(String hours) {
        this.hours = hours;
    }

    public String getJndi() {
        return jndi;
    }

    public void setJndi(String jndi) {
        this.jndi = jndi;
    }
}

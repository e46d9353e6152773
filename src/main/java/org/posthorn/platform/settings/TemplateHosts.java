package org.posthorn.platform.settings;

import java.net.InetAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * From where templates may be fetched. A host is reached by https, and by http too where it is listed with
 * {@code http://}. Where its name leads inside (loopback, private, link-local …), the address must be listed as well, as
 * a block: a name alone is for whoever has its DNS to point.
 *
 * @param hosts those that are listed, in lower case
 * @param inside blocks of addresses that are not the world's, and may be reached nevertheless
 */
public record TemplateHosts(List<Host> hosts, List<Cidr> inside) {

    public static final TemplateHosts NONE = new TemplateHosts(List.of(), List.of());

    private static final Pattern HOST = Pattern.compile(
            "(https?://)?(\\[[0-9a-fA-F:.]+]|[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?)(?::([0-9]{1,5}))?");
    private static final List<Cidr> NOT_THE_WORLDS = blocks(
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4",
            "::/96",
            "64:ff9b::/96",
            "64:ff9b:1::/48",
            "100::/64",
            "2001::/23",
            "2001:db8::/32",
            "2002::/16",
            "fc00::/7",
            "fe80::/10",
            "fec0::/10",
            "ff00::/8");

    /** @param plain whether http may be used too; @param port 0: the scheme's own */
    public record Host(String name, boolean plain, int port) {}

    /**
     * @param text hosts and blocks, comma-separated
     * @return empty when one of them is neither
     */
    static Optional<TemplateHosts> parse(String text) {
        List<Host> hosts = new ArrayList<>();
        List<Cidr> inside = new ArrayList<>();
        for (String part : text.split(",")) {
            String entry = part.strip();
            if (entry.isEmpty()) {
                continue;
            }
            Optional<Cidr> block = Cidr.parse(entry);
            Matcher host = HOST.matcher(entry);
            if (block.isPresent()) {
                inside.add(block.get());
            } else if (host.matches() && (host.group(4) == null || Integer.parseInt(host.group(4)) <= 65535)) {
                hosts.add(new Host(
                        host.group(2).toLowerCase(Locale.ROOT),
                        "http://".equals(host.group(1)),
                        host.group(4) == null ? 0 : Integer.parseInt(host.group(4))));
            } else {
                return Optional.empty();
            }
        }
        return Optional.of(new TemplateHosts(List.copyOf(hosts), List.copyOf(inside)));
    }

    /** @return why nothing may be fetched from there; empty: it may, if its address may, see {@link #permits} */
    public Optional<String> objection(URI uri) {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!Set.of("http", "https").contains(scheme) || uri.getHost() == null) {
            return Optional.of("only http and https addresses are fetched");
        }
        String name = uri.getHost().toLowerCase(Locale.ROOT);
        int own = scheme.equals("https") ? 443 : 80;
        int port = uri.getPort() < 0 ? own : uri.getPort();
        List<Host> named = hosts.stream()
                .filter(host -> host.name().equals(name) && port == (host.port() == 0 ? own : host.port()))
                .toList();
        if (named.isEmpty()) {
            return Optional.of("the host is not listed in POSTHORN_TEMPLATE_HOSTS");
        }
        return scheme.equals("https") || named.stream().anyMatch(Host::plain)
                ? Optional.empty()
                : Optional.of("POSTHORN_TEMPLATE_HOSTS lists the host for https only");
    }

    /** @return whether a listed host may be reached at this address */
    public boolean permits(InetAddress address) {
        return !Cidr.anyContains(NOT_THE_WORLDS, address) && !isInside(address) || Cidr.anyContains(inside, address);
    }

    private static boolean isInside(InetAddress address) {
        return address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress();
    }

    private static List<Cidr> blocks(String... blocks) {
        return java.util.Arrays.stream(blocks)
                .map(block -> Cidr.parse(block)
                        .orElseThrow(() -> new IllegalStateException("this cannot be no block: " + block)))
                .toList();
    }
}

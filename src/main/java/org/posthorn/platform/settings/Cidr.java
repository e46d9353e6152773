package org.posthorn.platform.settings;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A block of addresses, e.g. {@code 10.0.0.0/8} or {@code ::1} (RFC 4632, RFC 4291).
 *
 * @param network the block's first address, 4 or 16 octets
 * @param prefixBits 0 to 32 for IPv4, 0 to 128 for IPv6
 */
public record Cidr(byte[] network, int prefixBits) {

    /** @return empty when the text is not a literal address or block; names are never looked up */
    public static Optional<Cidr> parse(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        if (!address.matches("[0-9]+(\\.[0-9]+){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*")) {
            return Optional.empty();
        }
        try {
            byte[] octets = InetAddress.getByName(address).getAddress();
            int bits = slash < 0 ? octets.length * 8 : Integer.parseInt(text.substring(slash + 1));
            return bits < 0 || bits > octets.length * 8 ? Optional.empty() : Optional.of(new Cidr(octets, bits));
        } catch (UnknownHostException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** @return whether the address lies in this block; an IPv4 block never contains an IPv6 address */
    public boolean contains(InetAddress address) {
        byte[] octets = address.getAddress();
        if (octets.length != network.length) {
            return false;
        }
        for (int bit = 0; bit < prefixBits; bit++) {
            int mask = 0x80 >> (bit % 8);
            if ((octets[bit / 8] & mask) != (network[bit / 8] & mask)) {
                return false;
            }
        }
        return true;
    }

    /** @return whether any of the blocks contains the address */
    public static boolean anyContains(List<Cidr> blocks, InetAddress address) {
        return blocks.stream().anyMatch(block -> block.contains(address));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Cidr cidr && prefixBits == cidr.prefixBits && Arrays.equals(network, cidr.network);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(network) + prefixBits;
    }
}

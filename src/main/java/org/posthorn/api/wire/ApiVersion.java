package org.posthorn.api.wire;

import java.util.Optional;

/** The versions of Mailman's API that are spoken. They differ in how members and users are identified. */
public enum ApiVersion {
    /** Identifiers are whole numbers. */
    V30("3.0") {
        @Override
        public String id(long id) {
            return Long.toString(id);
        }

        @Override
        public Optional<Long> parse(String id) {
            return id.matches("[0-9]{1,18}") ? Optional.of(Long.parseLong(id)) : Optional.empty();
        }
    },
    /** Identifiers are UUIDs of 32 hexadecimal digits; ours leave the upper half zero. */
    V31("3.1") {
        @Override
        public String id(long id) {
            return "%032x".formatted(id);
        }

        @Override
        public Optional<Long> parse(String id) {
            return id.matches("0{16}[0-7][0-9a-fA-F]{15}")
                    ? Optional.of(Long.parseLong(id.substring(16), 16))
                    : Optional.empty();
        }
    };

    private final String number;

    ApiVersion(String number) {
        this.number = number;
    }

    public String number() {
        return number;
    }

    /** @return a member's or user's identifier as this version writes it */
    public abstract String id(long id);

    /** @return empty: it cannot be one of ours */
    public abstract Optional<Long> parse(String id);

    /** @param path a request's, within the application */
    static ApiVersion of(String path) {
        return path != null && path.startsWith("/3.0") ? V30 : V31;
    }
}

package dev.paddock.model;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A password. Never shown by {@code toString}, so that no log or message can hold it by accident.
 *
 * @param salted what logins make of it, where that is known already; doesn't make it another password
 */
public record Secret(String value, Optional<SaltedPassword> salted) {

    public Secret {
        if (value.isEmpty()) {
            throw new InvalidSpecException("the password is empty", "leave it out to have one generated");
        }
        if (value.indexOf('\0') >= 0 || value.indexOf('\n') >= 0) {
            throw new InvalidSpecException("the password holds a NUL or a line break");
        }
    }

    public Secret(String value) {
        this(value, Optional.empty());
    }

    /** A new one of 128 random bits, safe in URLs. */
    public static Secret generate() {
        byte[] bits = new byte[16];
        new SecureRandom().nextBytes(bits);
        return new Secret(Base64.getUrlEncoder().withoutPadding().encodeToString(bits));
    }

    public Secret withSalted(SaltedPassword known) {
        return new Secret(value, Optional.of(known));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Secret secret && value.equals(secret.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return "********";
    }
}

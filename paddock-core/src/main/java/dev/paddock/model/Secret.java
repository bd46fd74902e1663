package dev.paddock.model;

import java.security.SecureRandom;
import java.util.Base64;

/** A password. Never shown by {@code toString}, so that no log or message can hold it by accident. */
public record Secret(String value) {

    public Secret {
        if (value.isEmpty()) {
            throw new InvalidSpecException("the password is empty", "leave it out to have one generated");
        }
        if (value.indexOf('\0') >= 0 || value.indexOf('\n') >= 0) {
            throw new InvalidSpecException("the password holds a NUL or a line break", null);
        }
    }

    /** A new one of 128 random bits, safe in URLs. */
    public static Secret generate() {
        byte[] bits = new byte[16];
        new SecureRandom().nextBytes(bits);
        return new Secret(Base64.getUrlEncoder().withoutPadding().encodeToString(bits));
    }

    @Override
    public String toString() {
        return "********";
    }
}

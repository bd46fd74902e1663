package dev.paddock.stack;

import dev.paddock.model.InvalidSpecException;
import java.util.regex.Pattern;

/** Names of images: {@code registry.example.com:5000/team/app:1.2}, or by digest. */
final class ImageName {
    private static final String WORD = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";
    private static final Pattern WRITTEN = Pattern.compile("(?:[A-Za-z0-9.-]+(?::\\d{1,5})?/)?" + WORD + "(?:/" + WORD
            + ")*(?::[\\w][\\w.-]{0,127})?(?:@sha256:[0-9a-f]{64})?");

    private ImageName() {}

    static String require(String text) {
        if (!WRITTEN.matcher(text).matches()) {
            throw new InvalidSpecException(
                    "'" + text + "' is not the name of an image",
                    text.equals(text.toLowerCase(java.util.Locale.ROOT))
                            ? "write it as redis:7, or registry.example.com/team/app:1.2"
                            : "names of images have small letters alone");
        }
        return text;
    }
}

package dev.paddock.docker.connection;

import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import dev.paddock.model.Hint;
import dev.paddock.model.PaddockException;
import dev.paddock.model.Term;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What an engine's failures mean, in words for a person. */
public final class EngineFailure {
    private static final Pattern MESSAGE = Pattern.compile("\"message\"\\s*:\\s*\"((?:[^\"\\\\]|\\\\.)*)\"");

    private EngineFailure() {}

    /** Nobody answers at an address, or nobody may ask there. */
    public static PaddockException unreachable(EngineAddress address, RuntimeException failure) {
        if (failure instanceof PaddockException told) {
            return told;
        }
        Throwable root = root(failure);
        String why = String.valueOf(root.getMessage());
        if (why.toLowerCase(Locale.ROOT).contains("permission denied")) {
            return new PaddockException(
                    "you may not use the Docker Engine at " + address.uri() + " (from " + address.source()
                            + "): permission denied",
                    "let an administrator add you to the group docker and log in again, or run a rootless engine",
                    failure);
        }
        return new PaddockException(
                "no Docker Engine answers at " + address.uri() + " (from " + address.source() + "): " + why,
                Hint.naming(
                        "start it, or name another with DOCKER_HOST; the embedded engine needs none: {}",
                        Term.EMBEDDED),
                failure);
    }

    /** What the engine itself says, without the envelope that it says it in. */
    public static String reason(DockerException failure) {
        String text = String.valueOf(failure.getMessage());
        Matcher message = MESSAGE.matcher(text);
        if (message.find()) {
            return message.group(1)
                    .replace("\\n", " ")
                    .replace("\\\"", "\"")
                    .replace("\\\\", "\\")
                    .strip();
        }
        return text.replaceFirst("^Status \\d+: ", "").strip();
    }

    /** Whether what was asked for is not there any more; Podman says so with a failure of its own for a moment. */
    public static boolean isGone(DockerException failure) {
        return failure instanceof NotFoundException || reason(failure).contains("no such container");
    }

    private static Throwable root(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}

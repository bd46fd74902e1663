package dev.paddock.oci.registry;

import com.google.cloud.tools.jib.api.InsecureRegistryException;
import com.google.cloud.tools.jib.api.RegistryAuthenticationFailedException;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.http.ResponseException;
import dev.paddock.model.PaddockException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;

/** What a registry's refusals mean, in words for a person. */
final class RegistryFailure {
    private RegistryFailure() {}

    /**
     * @param what was to be done, as in {@code can't push the snapshot}
     * @param credentials whether any were sent
     */
    static PaddockException explain(String what, ImageName image, boolean credentials, Exception failure) {
        Optional<Integer> status = status(failure);
        if (status.filter(code -> code == 401 || code == 403).isPresent()) {
            return refused(what, image, credentials, status.get(), failure);
        }
        String text = text(failure);
        if (text.contains("no space left on device") && status.isPresent()) {
            return new PaddockException(
                    what + ": no space is left in the registry " + image.registry(),
                    "whoever keeps it has to make room",
                    failure);
        }
        if (text.contains("no space left on device")) {
            return new PaddockException(
                    what + ": no space is left on this machine",
                    "layers stand in the cache while they are moved; PADDOCK_HOME names another place",
                    failure);
        }
        if (has(failure, InsecureRegistryException.class)) {
            return new PaddockException(
                    what + ": the registry " + image.registry() + " has no certificate that this JVM trusts",
                    "add its authority to the JVM's trust store; without encryption only loopback is spoken to",
                    failure);
        }
        if (text.contains("the pulled blob has digest")) {
            return new PaddockException(
                    what + ": what the registry " + image.registry() + " sent isn't what its digest says",
                    "try again; if that doesn't help, its storage is damaged",
                    failure);
        }
        if (status.filter(code -> code == 404).isPresent()) {
            return new PaddockException(
                    what + ": there is no image " + image,
                    "look at its name and tag; a tag may have been removed",
                    failure);
        }
        if (has(failure, RegistryException.class)) {
            return new PaddockException(
                    what + ": the registry " + image.registry() + " refuses: " + reason(failure), failure);
        }
        if (status.isPresent()) {
            return new PaddockException(
                    what + ": the registry " + image.registry() + " answers with " + status.get(),
                    "try again; its own log tells more, such as that its storage is full",
                    failure);
        }
        return unreachable(what, image, failure);
    }

    private static PaddockException refused(
            String what, ImageName image, boolean credentials, int status, Exception failure) {
        String login = "docker login " + image.registry();
        if (!credentials) {
            return new PaddockException(
                    what + ": the registry " + image.registry() + " wants credentials for " + image.repository(),
                    "log in with: " + login,
                    failure);
        }
        return status == 401
                ? new PaddockException(
                        what + ": the registry " + image.registry() + " refuses your credentials",
                        "log in again with: " + login,
                        failure)
                : new PaddockException(
                        what + ": the registry " + image.registry() + " doesn't allow you that in "
                                + image.repository(),
                        "ask its administrator, or log in as somebody else with: " + login,
                        failure);
    }

    static PaddockException unreachable(String what, ImageName image, Exception failure) {
        Throwable root = root(failure);
        String why = root instanceof UnknownHostException
                ? "there is no host of that name"
                : root instanceof ConnectException || root instanceof NoRouteToHostException
                        ? String.valueOf(root.getMessage()).toLowerCase(Locale.ROOT)
                        : root instanceof SocketTimeoutException
                                ? "no answer"
                                : root instanceof SocketException
                                        ? "the connection broke: " + root.getMessage()
                                        : String.valueOf(root.getMessage());
        return new PaddockException(
                what + ": the registry " + image.registry() + " can't be reached: " + why,
                "look at its name and whether it runs; nothing half done is left",
                failure);
    }

    /** The library's own words, without its question and without line breaks. */
    private static String reason(Exception failure) {
        String text = String.valueOf(root(failure).getMessage());
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof RegistryException refused) {
                text = String.valueOf(refused.getMessage());
            }
        }
        int because = text.indexOf("because: ");
        int question = text.indexOf(" | If this is a bug");
        return text.substring(because < 0 ? 0 : because + "because: ".length(), question < 0 ? text.length() : question)
                .replace('\n', ' ')
                .strip();
    }

    private static Optional<Integer> status(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof ResponseException response) {
                return Optional.of(response.getStatusCode());
            }
            if (each instanceof RegistryAuthenticationFailedException && each.getCause() == null) {
                return Optional.of(401);
            }
        }
        return Optional.empty();
    }

    private static boolean has(Throwable failure, Class<? extends Throwable> type) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (type.isInstance(each)) {
                return true;
            }
        }
        return false;
    }

    private static String text(Throwable failure) {
        StringBuilder text = new StringBuilder();
        for (Throwable each = failure; each != null; each = each.getCause()) {
            text.append(each.getMessage()).append('\n');
        }
        return text.toString().toLowerCase(Locale.ROOT);
    }

    private static Throwable root(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}

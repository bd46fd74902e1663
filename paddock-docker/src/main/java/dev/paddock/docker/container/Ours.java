package dev.paddock.docker.container;

import dev.paddock.home.PaddockHome;
import dev.paddock.home.ProcessStamp;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The labels by which Paddock knows its own objects on an engine that others use too. Nothing without them, or with another user's, is ever
 * touched.
 *
 * @param home whose they are: the folder that knows of them
 */
public record Ours(String home) {
    /** On everything: what it is. */
    public static final String KIND = "dev.paddock";

    public static final String HOME = "dev.paddock.home";
    static final String OWNER = "dev.paddock.owner";
    /** Of a server: the folder that it shares with the host. */
    public static final String FOLDER = "dev.paddock.folder";

    /** Of the network, the server and the services of a stack: which one's they are. */
    public static final String STACK = "dev.paddock.stack";

    /** Of a service: what the others of its stack call it. */
    public static final String SERVICE = "dev.paddock.service";

    /** Of a server: the user's folder that it works on. */
    public static final String DATA = "dev.paddock.data";

    public static final String SNAPSHOT = "dev.paddock.snapshot";

    public static Ours in(PaddockHome home) {
        return new Ours(System.getProperty("user.name", "") + "@" + home.state());
    }

    /** Of something that lives as long as this process. */
    public Map<String, String> labels(String kind) {
        return Map.of(KIND, kind, HOME, home, OWNER, ProcessStamp.ofSelf().toString());
    }

    /** Of something that is kept. */
    public Map<String, String> lastingLabels(String kind) {
        return Map.of(KIND, kind, HOME, home);
    }

    /** Of an image that is the user's from now on, over those of what it is made of, so that nobody takes it for Paddock's. */
    public static Map<String, String> handedOver() {
        return Map.of(KIND, "image", HOME, "", OWNER, "");
    }

    public static Map<String, String> with(Map<String, String> labels, Map<String, String> more) {
        Map<String, String> all = new HashMap<>(more);
        all.putAll(labels);
        return all;
    }

    /** Whether this user's Paddock has made what has these labels. */
    @SuppressWarnings("NullAway") // What has no labels has none at all on some engines.
    boolean isOurs(Map<String, String> labels) {
        return labels != null && labels.containsKey(KIND) && home.equals(labels.get(HOME));
    }

    /** Whether the process that made something with these labels is gone. */
    public boolean isOrphan(Map<String, String> labels) {
        String owner = labels.get(OWNER);
        return home.equals(labels.get(HOME))
                && owner != null
                && Optional.of(owner)
                        .flatMap(ProcessStamp::parse)
                        .filter(ProcessStamp::isAlive)
                        .isEmpty();
    }
}

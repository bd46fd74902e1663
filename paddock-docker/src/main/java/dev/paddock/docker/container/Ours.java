package dev.paddock.docker.container;

import com.github.dockerjava.api.model.Container;
import dev.paddock.home.PaddockHome;
import dev.paddock.home.ProcessStamp;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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
    /** Of a container: when it was made. Images that are made of it have the same labels, and so have their containers, which are somebody's own. */
    static final String MADE = "dev.paddock.made";

    private static final Duration MAKING = Duration.ofMinutes(10);
    /** Of a server: the folder that it shares with the host. */
    public static final String FOLDER = "dev.paddock.folder";

    /** Of the network, the server and the services of a stack: which one's they are. */
    public static final String STACK = "dev.paddock.stack";

    /** Of a service: what the others of its stack call it. */
    public static final String SERVICE = "dev.paddock.service";

    /** Of a server: the user's folder that it works on. */
    public static final String DATA = "dev.paddock.data";

    /** Of a server: that it ends with its owner, which is never to be let go. */
    public static final String OWNED = "dev.paddock.owned";

    /** What {@link #OWNED} says then. */
    public static final String YES = "true";

    /** Of an image: the snapshot whose data is in it. */
    public static final String SNAPSHOT = "dev.paddock.snapshot";

    private static final List<String> ALL =
            List.of(KIND, HOME, OWNER, MADE, FOLDER, STACK, SERVICE, DATA, OWNED, SNAPSHOT);

    public static Ours in(PaddockHome home) {
        return new Ours(System.getProperty("user.name", "") + "@" + home.state());
    }

    /** Of something that lives as long as this process. */
    public Map<String, String> labels(String kind) {
        return only(Map.of(
                KIND,
                kind,
                HOME,
                home,
                OWNER,
                ProcessStamp.ofSelf().toString(),
                MADE,
                Long.toString(Instant.now().getEpochSecond())));
    }

    /** Of something that is kept. */
    public Map<String, String> lastingLabels(String kind) {
        return only(Map.of(KIND, kind, HOME, home));
    }

    /** Of an image that is the user's from now on, over those of what it is made of, so that nobody takes it for Paddock's. */
    public static Map<String, String> handedOver() {
        return only(Map.of(KIND, "image"));
    }

    /**
     * A container has the labels of its image too, and that those of the container that it was made of, which may have been another server. So all that
     * isn't said of an object is said to be nothing.
     */
    private static Map<String, String> only(Map<String, String> said) {
        Map<String, String> all = new HashMap<>();
        ALL.forEach(label -> all.put(label, ""));
        all.putAll(said);
        return Map.copyOf(all);
    }

    /** What one of them says; nothing if it is absent. */
    public static String said(Map<String, String> labels, String label) {
        return labels.getOrDefault(label, "");
    }

    /** Whether labels are those of a server that ends with its owner. */
    public static boolean isOwned(Map<String, String> labels) {
        return said(labels, OWNED).equals(YES);
    }

    public static Map<String, String> with(Map<String, String> labels, Map<String, String> more) {
        Map<String, String> all = new HashMap<>(more);
        all.putAll(labels);
        return all;
    }

    /** Whether this user's Paddock has made what has these labels. */
    @SuppressWarnings("NullAway") // What has no labels has none at all on some engines.
    boolean isOurs(Map<String, String> labels) {
        return labels != null && !said(labels, KIND).isEmpty() && home.equals(labels.get(HOME));
    }

    /** Those containers that Paddock itself has made, and no copy of one. */
    public static List<Container> originals(List<Container> containers) {
        return containers.stream()
                .filter(each -> Duration.ofSeconds(Math.abs(each.getCreated() - made(each)))
                                .compareTo(MAKING)
                        < 0)
                .toList();
    }

    private static long made(Container container) {
        try {
            return Long.parseLong(said(container.getLabels(), MADE));
        } catch (NumberFormatException somebodys) {
            return 0;
        }
    }

    /** Whether the process that made something with these labels is gone. One of another container that uses this engine may not be. */
    public boolean isOrphan(Map<String, String> labels) {
        String owner = said(labels, OWNER);
        return home.equals(labels.get(HOME))
                && !owner.isEmpty()
                && ProcessStamp.parse(owner)
                        .filter(maker -> maker.isOutOfSight() || maker.isAlive())
                        .isEmpty();
    }
}

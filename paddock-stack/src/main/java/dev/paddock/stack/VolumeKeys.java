package dev.paddock.stack;

import dev.paddock.model.Mount;
import dev.paddock.model.MountText;
import dev.paddock.model.Storage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What can be said of a volume. A text says which one, and where it is seen; keys say what it is to be like if it has to be made too. */
final class VolumeKeys {
    private static final List<Key<? super VolumeKeys>> OF_ANY = List.of(
            new Key<>("volume", "Its name.", Shape.TEXT, (draft, value) -> draft.name = value.text()),
            new Key<>(
                    "driver",
                    "What makes it, if there is none of that name; the engine's own by default.",
                    Shape.TEXT,
                    (draft, value) -> draft.driver = Optional.of(value.text())),
            new Key<>(
                    "options",
                    "The driver's own, such as type, device and o.",
                    Shape.NAMED_TEXTS,
                    (draft, value) -> draft.options = value.texts()),
            new Key<>(
                    "labels",
                    "Labels that it gets when it is made.",
                    Shape.NAMED_TEXTS,
                    (draft, value) -> draft.labels = value.texts()));

    private static final Keys<VolumeKeys> OF_DATA = new Keys<>("disk_volume", OF_ANY);
    private static final Keys<VolumeKeys> OF_MOUNT = new Keys<>("a volume", ofMount());

    static final Map<String, Object> DATA = Shape.anyOf(Shape.TEXT, OF_DATA.shape("volume"));
    static final Map<String, Object> MOUNT = Shape.anyOf(Shape.TEXT, OF_MOUNT.shape("volume", "at"));

    private String name = "";
    private String at = "";
    private boolean readOnly;
    private Optional<String> driver = Optional.empty();
    private Map<String, String> options = Map.of();
    private Map<String, String> labels = Map.of();

    private VolumeKeys() {}

    private static List<Key<? super VolumeKeys>> ofMount() {
        List<Key<? super VolumeKeys>> all = new ArrayList<>(OF_ANY);
        all.add(new Key<>("at", "Where the container sees it.", Shape.TEXT, (draft, value) -> draft.at = value.text()));
        all.add(new Key<>(
                "read_only",
                "Whether the container can't write to it.",
                Shape.FLAG,
                (draft, value) -> draft.readOnly = value.flag()));
        return all;
    }

    /** What a container sees: a volume, or a file or folder of the host's. */
    static Mount mount(Value value) {
        if (!value.hasKeys()) {
            return value.read(text -> MountText.read(text, value::relative));
        }
        VolumeKeys draft = OF_MOUNT.read(value, new VolumeKeys());
        draft.requireName(value);
        if (draft.at.isEmpty()) {
            throw value.wrong("nothing is said of where the volume is to be seen", "write it as at: /path");
        }
        return value.making(() ->
                new Mount.Volume(draft.name, draft.at, draft.readOnly, draft.driver, draft.options, draft.labels));
    }

    /** The volume that PostgreSQL keeps its data in. */
    static Storage data(Value value) {
        if (!value.hasKeys()) {
            return value.read(Storage::inVolume);
        }
        VolumeKeys draft = OF_DATA.read(value, new VolumeKeys());
        draft.requireName(value);
        return value.making(() -> new Storage.InVolume(draft.name, draft.driver, draft.options, draft.labels));
    }

    private void requireName(Value value) {
        if (name.isEmpty()) {
            throw value.wrong("nothing is said of which volume is meant", "write it as volume: name");
        }
    }
}

package dev.paddock.snapshot;

import dev.paddock.model.PaddockException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What is left of a snapshot that can't be used.
 *
 * @param name what the user calls it, if anything
 * @param id as its folder is called; none where only a name is left
 * @param place the folder, or the file, that is damaged
 * @param canBeMadeAgain whether Paddock made it for itself
 */
public record DamagedSnapshot(
        Optional<String> name, Optional<String> id, Path place, String reason, boolean canBeMadeAgain) {

    /** The name, or enough of the id to tell it from others. */
    public String label() {
        return name.or(() -> id.map(text -> text.substring(0, 12))).orElseGet(place::toString);
    }

    /** For whoever wants to use it. */
    public PaddockException failure() {
        return new PaddockException("the snapshot " + label() + " is damaged: " + reason, remedy());
    }

    /** What to do about it. */
    public String remedy() {
        return canBeMadeAgain
                ? "paddock doctor --repair removes it; it is made again when it is needed"
                : "put " + place + " back from a backup, or remove it with: paddock snapshot rm " + label();
    }
}

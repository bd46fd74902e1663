package dev.paddock.docker.image;

import dev.paddock.model.DataPlatform;
import dev.paddock.model.PostgresVersion;
import dev.paddock.oci.layer.Owner;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is known of an image of PostgreSQL.
 *
 * @param reference as it was asked for
 * @param id of its content
 * @param owner whom PostgreSQL runs as
 * @param platform what its data is written on
 * @param volumes folders that the engine keeps outside of its containers
 * @param usualData where its containers keep data by themselves, if it says so
 */
public record ImageFacts(
        String reference,
        String id,
        Owner owner,
        PostgresVersion version,
        DataPlatform platform,
        Set<String> volumes,
        Optional<String> usualData) {

    /** Where containers of it keep data unless Paddock does. */
    public Set<String> dataPlaces() {
        Set<String> places = new TreeSet<>(volumes);
        usualData.ifPresent(places::add);
        return places;
    }

    String shortId() {
        return id.replaceFirst("^sha256:", "").substring(0, 12);
    }

    /** The same, with PostgreSQL running as somebody else. */
    public ImageFacts ownedBy(Owner other) {
        return new ImageFacts(reference, id, other, version, platform, volumes, usualData);
    }
}

package dev.paddock.docker.image;

import dev.paddock.model.DataPlatform;
import dev.paddock.model.PostgresVersion;
import dev.paddock.oci.layer.Owner;
import java.util.Set;

/**
 * What is known of an image of PostgreSQL.
 *
 * @param reference as it was asked for
 * @param id of its content
 * @param owner whom PostgreSQL runs as
 * @param platform what its data is written on
 * @param dataPlaces where containers of it keep data by themselves
 */
public record ImageFacts(
        String reference,
        String id,
        Owner owner,
        PostgresVersion version,
        DataPlatform platform,
        Set<String> dataPlaces) {

    String shortId() {
        return id.replaceFirst("^sha256:", "").substring(0, 12);
    }

    /** The same, with PostgreSQL running as somebody else. */
    public ImageFacts ownedBy(Owner other) {
        return new ImageFacts(reference, id, other, version, platform, dataPlaces);
    }
}

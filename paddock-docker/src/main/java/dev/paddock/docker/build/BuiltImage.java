package dev.paddock.docker.build;

import dev.paddock.model.ByteSize;
import dev.paddock.model.PostgresVersion;
import java.util.List;

/**
 * An image that an engine has now.
 *
 * @param references all that it is called
 * @param base the image that it is on
 */
public record BuiltImage(List<String> references, PostgresVersion version, String base, ByteSize size) {}

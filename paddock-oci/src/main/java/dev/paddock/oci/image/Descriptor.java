package dev.paddock.oci.image;

/**
 * A blob as manifests name it.
 *
 * @param digest {@code sha256:} and 64 hexadecimal digits
 */
public record Descriptor(String mediaType, String digest, long size) {}

/**
 * What images of snapshots are made of: layers, the configuration, labels that say what a manifest says. Entry class: {@link
 * dev.paddock.oci.image.ImageContent}.
 */
@NullMarked
package dev.paddock.oci.image;

import org.jspecify.annotations.NullMarked;

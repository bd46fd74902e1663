/**
 * What images of snapshots are made of: layers, the configuration, labels that say what a manifest says. Entry class:
 * {@link dev.paddock.oci.image.ImageContent}. Depends on the core's {@code model}, {@code snapshot} and on {@code layer}; knows no registry
 * and no engine.
 */
@NullMarked
package dev.paddock.oci.image;

import org.jspecify.annotations.NullMarked;

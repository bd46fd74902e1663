/**
 * Data directories as tar archives, the form that layers of images have. Entry class: {@link dev.paddock.oci.layer.DataArchive}. Depends
 * on the core's {@code model} and {@code snapshot}.
 */
@NullMarked
package dev.paddock.oci.layer;

import org.jspecify.annotations.NullMarked;

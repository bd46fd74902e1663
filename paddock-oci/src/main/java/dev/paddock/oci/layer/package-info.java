/**
 * Data directories as tar archives, the form that layers of images have. Entry class: {@link dev.paddock.oci.layer.DataArchive}.
 */
@NullMarked
package dev.paddock.oci.layer;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.paddock.oci.layer;

import org.jspecify.annotations.NullMarked;

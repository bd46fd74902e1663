@NullMarked
package dev.paddock.oci;

import org.jspecify.annotations.NullMarked;

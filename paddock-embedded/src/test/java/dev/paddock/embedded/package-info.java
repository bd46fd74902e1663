/** Tests of the embedded engine. */
@NullMarked
package dev.paddock.embedded;

import org.jspecify.annotations.NullMarked;

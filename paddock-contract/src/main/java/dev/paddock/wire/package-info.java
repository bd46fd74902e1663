/** What every engine must do of this package, said as tests. */
@NullMarked
package dev.paddock.wire;

import org.jspecify.annotations.NullMarked;

/** What every engine must do, said as tests: an engine's module extends these classes. */
@NullMarked
package dev.paddock.contract;

import org.jspecify.annotations.NullMarked;

/**
 * What failed tests leave, whichever framework runs them: reports, and databases that are kept for a while. Entry class: {@link
 * dev.paddock.failure.FailedTests}.
 */
@NullMarked
package dev.paddock.failure;

import org.jspecify.annotations.NullMarked;

/** Tests of what can be said of evidence without a database. */
@NullMarked
package dev.paddock.evidence;

import org.jspecify.annotations.NullMarked;

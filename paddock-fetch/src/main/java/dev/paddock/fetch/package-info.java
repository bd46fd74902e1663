/**
 * Fetches artifacts with Maven's resolver, which nobody but this package sees: its jars are inside of this one, and have a class
 * loader of their own. Entry class: {@link dev.paddock.fetch.IsolatedArtifactSource}, found by {@link java.util.ServiceLoader};
 * nothing else may depend on this package, so that programs can leave it out.
 */
@NullMarked
package dev.paddock.fetch;

import org.jspecify.annotations.NullMarked;

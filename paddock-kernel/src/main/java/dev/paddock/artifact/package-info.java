/**
 * How binaries that are not at hand come from a Maven repository. Entry class: {@link dev.paddock.artifact.ArtifactSource},
 * implemented outside the core so that its dependencies stay optional. Depends on {@code model} only.
 */
@NullMarked
package dev.paddock.artifact;

import org.jspecify.annotations.NullMarked;

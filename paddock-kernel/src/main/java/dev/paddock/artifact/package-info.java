/**
 * How binaries that are not at hand come from a Maven repository. Entry class: {@link dev.paddock.artifact.ArtifactSource},
 * implemented in a module of its own so that its dependencies stay optional.
 */
@NullMarked
package dev.paddock.artifact;

import org.jspecify.annotations.NullMarked;

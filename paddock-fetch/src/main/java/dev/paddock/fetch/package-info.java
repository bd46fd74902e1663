/**
 * Artifacts from Maven repositories, asked for as the user's own Maven would: their settings, mirrors, proxies,
 * credentials and local repository. Entry class: {@link dev.paddock.fetch.MavenArtifactSource}, found by
 * {@link java.util.ServiceLoader}; nothing else may depend on this package, so that programs can leave it out.
 */
@NullMarked
package dev.paddock.fetch;

import org.jspecify.annotations.NullMarked;

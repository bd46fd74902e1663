/**
 * Artifacts from Maven repositories, asked for as the user's own Maven would: their settings, mirrors, proxies, credentials and
 * local repository. Entry class: {@link dev.paddock.fetch.maven.MavenArtifactSource}. Loaded only by {@link
 * dev.paddock.fetch.IsolatedArtifactSource}, beside the libraries that it is written with; nothing else may depend on this package.
 */
@NullMarked
package dev.paddock.fetch.maven;

import org.jspecify.annotations.NullMarked;

/**
 * Images of PostgreSQL made of Debian's packages, for where there is no registry to pull them from. Entry class: {@link
 * dev.paddock.docker.build.ImageBuild}. What the images are made of is in the folder {@code images} at the root of the sources.
 */
@NullMarked
package dev.paddock.docker.build;

import org.jspecify.annotations.NullMarked;

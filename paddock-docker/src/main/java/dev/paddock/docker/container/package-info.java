/**
 * What every container of Paddock is made of: what it is started with and ended by, its labels, its folder on the host, networks, volumes
 * and limits. Entry class: {@link dev.paddock.docker.container.Containers}. Depends on {@code dev.paddock.docker.connection}, the core and
 * {@code dev.paddock.oci.layer}.
 */
@NullMarked
package dev.paddock.docker.container;

import org.jspecify.annotations.NullMarked;

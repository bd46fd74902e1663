/**
 * What every container of Paddock is made of: what it is started with and ended by, its labels, its folder on the host, networks,
 * volumes and limits. Entry class: {@link dev.paddock.docker.container.Containers}.
 */
@NullMarked
package dev.paddock.docker.container;

import org.jspecify.annotations.NullMarked;

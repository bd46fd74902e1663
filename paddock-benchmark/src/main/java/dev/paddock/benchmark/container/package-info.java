/**
 * Servers in containers: Paddock's, Testcontainers' and such that are run by hand. Entry class:
 * {@link dev.paddock.benchmark.container.ContainerSubjects}. The only package that knows Testcontainers.
 */
@NullMarked
package dev.paddock.benchmark.container;

import org.jspecify.annotations.NullMarked;

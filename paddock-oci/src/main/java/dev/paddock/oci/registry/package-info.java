/**
 * Registries of images, by the protocol that all of them speak, with the credentials that the user gave to Docker or Podman. Entry
 * class: {@link dev.paddock.oci.registry.RegistryConnection}. The only place that sees the library behind it.
 */
@NullMarked
package dev.paddock.oci.registry;

import org.jspecify.annotations.NullMarked;

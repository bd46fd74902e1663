/**
 * PostgreSQL on disk: bundled, fetched or the system's own, and further extensions for it. Entry classes: {@link
 * dev.paddock.embedded.installation.Installations} and {@link dev.paddock.embedded.installation.Extensions}. What it keeps in the
 * cache is whole or absent at every instant, never changes, and is made again if somebody else has changed it: {@link
 * dev.paddock.embedded.installation.CachedTrees}.
 */
@NullMarked
package dev.paddock.embedded.installation;

import org.jspecify.annotations.NullMarked;

/**
 * Databases made like a template, each for one holder at a time. Entry class: {@link dev.paddock.lease.DatabasePool}.
 *
 * <p>A pool's databases are in <em>cells</em>: small servers, each a clone of the template's snapshot, that one holder at a time has
 * to itself. So what belongs to a whole server (roles, settings, connections, the log) belongs to one holder too, and a server in
 * which anything of that is found changed is not mended but replaced.
 */
@NullMarked
package dev.paddock.lease;

import org.jspecify.annotations.NullMarked;

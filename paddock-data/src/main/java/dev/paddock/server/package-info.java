/**
 * From a spec to a server that clients can use: started by an engine, given its user, password and database, its scripts run. Entry
 * class: {@link dev.paddock.server.StartedServer}.
 */
@NullMarked
package dev.paddock.server;

import org.jspecify.annotations.NullMarked;

package dev.paddock.server;

import dev.paddock.engine.EngineServer;
import dev.paddock.model.ConnectionInfo;

/**
 * A running server that has all that its spec asks for.
 *
 * @param engineServer as its engine sees it; closed by whoever started it
 * @param connection how its clients connect to the spec's database
 */
public record StartedServer(EngineServer engineServer, ConnectionInfo connection) {}

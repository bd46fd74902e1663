package dev.paddock.lease;

import dev.paddock.engine.Engine;
import dev.paddock.server.ServerStarter;
import dev.paddock.template.Templates;

/** What pools get their servers from. */
record Servers(Engine engine, Templates templates, ServerStarter starter) {}

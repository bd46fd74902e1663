package dev.paddock.lease;

import dev.paddock.engine.Engine;
import dev.paddock.model.Progress;
import dev.paddock.template.Templates;

/** What pools get their servers from. */
record Servers(Engine engine, Templates templates, Progress progress) {}

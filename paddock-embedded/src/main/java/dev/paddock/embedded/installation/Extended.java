package dev.paddock.embedded.installation;

import java.util.Map;

/** x. */
public record Extended(Installation installation, Map<String, String> settings) {}

package dev.paddock.evidence;

import java.util.OptionalLong;

/** A sequence that was used: its last value, empty if it had never given one. */
public record SequenceChange(String sequence, OptionalLong before, OptionalLong after) {}

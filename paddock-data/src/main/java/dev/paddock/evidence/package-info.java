/**
 * What a failing test leaves behind. Entry classes: {@link dev.paddock.evidence.StatementLog} for what it ran, {@link
 * dev.paddock.evidence.Difference} for what it changed, {@link dev.paddock.evidence.EvidenceReport} for a report of it all.
 */
@NullMarked
package dev.paddock.evidence;

import org.jspecify.annotations.NullMarked;

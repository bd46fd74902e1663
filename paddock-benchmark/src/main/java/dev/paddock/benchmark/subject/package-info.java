/**
 * What is measured: one way each to get a PostgreSQL. Entry class: {@link dev.paddock.benchmark.subject.Subjects}. Knows
 * nothing of results; used by {@code dev.paddock.benchmark} only.
 */
@NullMarked
package dev.paddock.benchmark.subject;

import org.jspecify.annotations.NullMarked;

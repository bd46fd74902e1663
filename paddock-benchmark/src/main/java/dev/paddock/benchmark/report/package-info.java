/**
 * Samples and what is made of them: figures, JSON, a table, a chart. Entry class:
 * {@link dev.paddock.benchmark.report.Recorder}. Depends on no other package of the benchmark.
 */
@NullMarked
package dev.paddock.benchmark.report;

import org.jspecify.annotations.NullMarked;

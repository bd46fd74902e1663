/**
 * What databases are made of, and the snapshots that stand for it: built once per content, for all threads, processes and runs.
 * Entry classes: {@link dev.paddock.template.TemplateSpec}, which users write, and {@link dev.paddock.template.Templates}, which
 * builds.
 */
@NullMarked
package dev.paddock.template;

import org.jspecify.annotations.NullMarked;

/**
 * What users say and what they are told: specs, sizes, versions, failures. Entry class: {@link dev.paddock.model.ServerSpec}.
 * Knows only the JDK; everything else may depend on it.
 */
@NullMarked
package dev.paddock.model;

import org.jspecify.annotations.NullMarked;

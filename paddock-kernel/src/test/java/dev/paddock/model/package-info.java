/** Tests of what users say and are told. */
@NullMarked
package dev.paddock.model;

import org.jspecify.annotations.NullMarked;

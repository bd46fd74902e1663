@NullMarked
package dev.paddock.script;

import org.jspecify.annotations.NullMarked;

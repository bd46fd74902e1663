@NullMarked
package dev.paddock.spring;

import org.jspecify.annotations.NullMarked;

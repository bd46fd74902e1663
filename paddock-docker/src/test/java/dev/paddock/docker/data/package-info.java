@NullMarked
package dev.paddock.docker.data;

import org.jspecify.annotations.NullMarked;

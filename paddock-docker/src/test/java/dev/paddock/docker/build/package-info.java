@NullMarked
package dev.paddock.docker.build;

import org.jspecify.annotations.NullMarked;

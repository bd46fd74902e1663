@NullMarked
package dev.paddock.docker.image;

import org.jspecify.annotations.NullMarked;

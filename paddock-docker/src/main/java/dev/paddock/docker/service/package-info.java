/** Services beside a server, of any image, and snapshots of their data. Entry class: {@link dev.paddock.docker.service.Stacks}. */
@NullMarked
package dev.paddock.docker.service;

import org.jspecify.annotations.NullMarked;

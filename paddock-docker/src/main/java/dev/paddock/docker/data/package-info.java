/**
 * Where containers keep their data: in layers, memory, folders and volumes; and data that was there before Paddock. Entry class:
 * {@link dev.paddock.docker.data.Residence}.
 */
@NullMarked
package dev.paddock.docker.data;

import org.jspecify.annotations.NullMarked;

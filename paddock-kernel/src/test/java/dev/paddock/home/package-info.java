/** Tests of Paddock's folders and of what is believed of files. */
@NullMarked
package dev.paddock.home;

import org.jspecify.annotations.NullMarked;

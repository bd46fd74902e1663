/**
 * Files that users name, wherever they lie, and what tells their content from any other. Entry class: {@link
 * dev.paddock.content.Content}.
 */
@NullMarked
package dev.paddock.content;

import org.jspecify.annotations.NullMarked;

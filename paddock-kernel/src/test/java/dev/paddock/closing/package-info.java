/** Tests of closing. */
@org.jspecify.annotations.NullMarked
package dev.paddock.closing;

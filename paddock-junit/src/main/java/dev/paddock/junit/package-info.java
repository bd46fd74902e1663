/**
 * Databases and servers for JUnit's tests. Entry classes: {@link dev.paddock.junit.TestDatabase} and {@link
 * dev.paddock.junit.TestServer}, which users write; {@link dev.paddock.junit.PaddockExtension} is what they stand for.
 */
@NullMarked
package dev.paddock.junit;

import org.jspecify.annotations.NullMarked;

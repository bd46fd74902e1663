/**
 * Databases for the tests of Spring applications. Entry class: {@link dev.paddock.spring.PaddockTest}. Knows Spring's core and its test
 * framework, and of Spring Boot only the names of some properties, so that it serves each of their versions.
 */
@NullMarked
package dev.paddock.spring;

import org.jspecify.annotations.NullMarked;

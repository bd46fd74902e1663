/**
 * Runs what users give a new server to begin with: SQL scripts, dumps, folders of them. Entry class:
 * {@link dev.paddock.script.InitScripts}. Depends on {@code model} and {@code wire}; needs neither psql nor a driver.
 */
@NullMarked
package dev.paddock.script;

import org.jspecify.annotations.NullMarked;

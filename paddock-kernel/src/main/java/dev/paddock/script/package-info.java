/**
 * Runs what users give a new server to begin with: SQL scripts, dumps, folders of them. Entry class: {@link
 * dev.paddock.script.InitScripts}. {@code ScriptRun} is one script on its way: {@code StatementLexer} finds the statements, {@code
 * StatementRunner} has them carried out, {@code MetaCommands} does what commands to psql say.
 */
@NullMarked
package dev.paddock.script;

import org.jspecify.annotations.NullMarked;

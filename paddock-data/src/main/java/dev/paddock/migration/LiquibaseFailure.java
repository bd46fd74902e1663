package dev.paddock.migration;

import dev.paddock.model.PaddockException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import liquibase.changelog.ChangeSet;
import liquibase.changelog.DatabaseChangeLog;
import liquibase.changelog.visitor.AbstractChangeExecListener;
import liquibase.database.Database;
import liquibase.resource.ResourceAccessor;
import org.jspecify.annotations.Nullable;

/** Finds the place in the file that a failed change came from: Liquibase itself tells the file and the change's id. */
final class LiquibaseFailure extends AbstractChangeExecListener {
    private static final Pattern FAILED_SQL = Pattern.compile("(?s)\\[Failed SQL: (?:\\(\\d+\\) )?(.*)]");

    private final ResourceAccessor files;
    private Optional<ChangeSet> failed = Optional.empty();

    LiquibaseFailure(ResourceAccessor files) {
        this.files = files;
    }

    @Override
    public void runFailed(ChangeSet change, DatabaseChangeLog changelog, Database database, Exception failure) {
        failed = Optional.of(change);
    }

    PaddockException explained(String changelog, Exception failure) {
        String statement = statement(failure);
        if (failed.isEmpty()) {
            return new FailedStatement(changelog, 0, statement).because(failure);
        }
        ChangeSet change = failed.get();
        return new FailedStatement(change.getFilePath(), line(change, statement), statement).because(failure);
    }

    private static String statement(Exception failure) {
        for (@Nullable Throwable each = failure; each != null; each = each.getCause()) {
            Matcher sql = FAILED_SQL.matcher(String.valueOf(each.getMessage()));
            if (sql.find()) {
                return sql.group(1);
            }
        }
        return "";
    }

    /** Of the statement, if it is in the file as it was sent, otherwise of the change. */
    private long line(ChangeSet change, String statement) {
        String text = text(change.getFilePath());
        Matcher header = Pattern.compile("--\\s*changeset\\s+\"?" + Pattern.quote(change.getAuthor()) + "\"?:\"?"
                        + Pattern.quote(change.getId()) + "\\b|\\bid[\"']?\\s*[:=]\\s*[\"']?"
                        + Pattern.quote(change.getId()) + "\\b")
                .matcher(text);
        if (!header.find()) {
            return 0;
        }
        String first = statement.lines().findFirst().orElse("").strip();
        int at = first.isEmpty() ? -1 : text.indexOf(first, header.end());
        return 1
                + text.substring(0, at < 0 ? header.start() : at)
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
    }

    private String text(String file) {
        try (InputStream in = files.getExisting(file).openInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException gone) {
            return "";
        }
    }
}

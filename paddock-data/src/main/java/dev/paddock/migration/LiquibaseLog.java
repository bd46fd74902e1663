package dev.paddock.migration;

import java.util.logging.Level;
import liquibase.logging.Logger;
import liquibase.logging.core.AbstractLogService;
import liquibase.logging.core.AbstractLogger;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** What Liquibase says goes to the user's logger, where details are for those who ask for them. */
final class LiquibaseLog extends AbstractLogService {

    @Override
    public int getPriority() {
        return PRIORITY_NOT_APPLICABLE;
    }

    @Override
    @SuppressWarnings("rawtypes") // as it is declared
    public Logger getLog(Class about) {
        return new Forwarded(LoggerFactory.getLogger(about));
    }

    private static final class Forwarded extends AbstractLogger {
        private final org.slf4j.Logger log;

        Forwarded(org.slf4j.Logger log) {
            this.log = log;
        }

        @Override
        public void log(Level level, @Nullable String message, @Nullable Throwable failure) {
            log.debug(message, failure);
        }
    }
}

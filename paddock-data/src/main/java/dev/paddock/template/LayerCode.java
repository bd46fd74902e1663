package dev.paddock.template;

import java.sql.SQLException;
import javax.sql.DataSource;

/** Fills a database through JDBC. */
@FunctionalInterface
public interface LayerCode {
    void run(DataSource database) throws SQLException;
}

package dev.paddock.junit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import javax.sql.DataSource;
import org.junit.Test;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Tests that another engine than Jupiter runs. */
@SuppressWarnings({"NullAway.Init", "UnusedVariable"})
final class OtherEnginesTest {

    public static class OfJUnit4 {
        @TestDatabase
        private DataSource db;

        @Test
        public void passes() {}
    }

    @org.junit.jupiter.api.Test
    void aFieldThatNobodyWouldFillIsToldAtOnceWithTheWayThatWorks() {
        Launcher launcher = LauncherFactory.create();
        assertThatThrownBy(() -> launcher.discover(LauncherDiscoveryRequestBuilder.request()
                        .selectors(selectClass(OfJUnit4.class))
                        .build()))
                .hasMessageContaining("the field OfJUnit4.db asks for a database")
                .hasMessageContaining("this test is run by junit-vintage")
                .hasMessageContaining("jdbc:paddock:18:///shop");
    }
}

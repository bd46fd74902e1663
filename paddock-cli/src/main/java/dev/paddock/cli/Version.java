package dev.paddock.cli;

import java.util.Objects;

/** What this build is called. */
final class Version {
    static final String OF_PADDOCK =
            Objects.requireNonNullElse(Version.class.getPackage().getImplementationVersion(), "development");

    private Version() {}
}

package dev.paddock.fetch.maven;

import dev.paddock.home.UserHome;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * Where Maven finds what its user has set: system properties first, then the environment, then the customary places. Maven
 * looks into the account's home alone; here {@code HOME} comes first, so settings are found whichever of the two holds them.
 */
record MavenEnvironment(Properties properties, Map<String, String> variables) {

    static MavenEnvironment ofProcess() {
        return new MavenEnvironment(System.getProperties(), System.getenv());
    }

    /** {@code maven.user.settings} as in Maven 4, else {@code .m2/settings.xml} in the user's home, else in the account's. May not exist. */
    Path userSettings() {
        return property("maven.user.settings").map(Path::of).orElseGet(() -> ofUser("settings.xml"));
    }

    /** The installed Maven's own settings; distributions block plain http here. */
    Optional<Path> globalSettings() {
        Optional<String> named = property("maven.installation.settings");
        if (named.isPresent()) {
            return named.map(Path::of);
        }
        return mavenHomes().stream()
                .map(home -> home.resolve("conf/settings.xml"))
                .filter(Files::isRegularFile)
                .findFirst()
                .or(() -> Optional.of(Path.of("/etc/maven/settings.xml")).filter(Files::isRegularFile));
    }

    /** Holds the master password that passwords in the settings are encrypted with. May not exist. */
    Path securitySettings() {
        return property("settings.security").map(Path::of).orElseGet(() -> ofUser("settings-security.xml"));
    }

    /** What the user forces, if anything; settings may set another. */
    Optional<Path> forcedLocalRepository() {
        return property("maven.repo.local").map(Path::of);
    }

    Path defaultLocalRepository() {
        return UserHome.of(variables).resolve(".m2/repository");
    }

    /** {@code -Dpaddock.offline=true} or {@code PADDOCK_OFFLINE=1}; the settings can say so too. */
    boolean offline() {
        String said = property("paddock.offline").orElse(variables.getOrDefault("PADDOCK_OFFLINE", ""));
        return said.equals("1") || said.equalsIgnoreCase("true");
    }

    /** What {@code ${…}} in the settings may refer to. */
    Properties interpolation() {
        Properties all = new Properties();
        variables.forEach((name, value) -> all.setProperty("env." + name, value));
        properties.stringPropertyNames().forEach(name -> all.setProperty(name, properties.getProperty(name)));
        return all;
    }

    private List<Path> mavenHomes() {
        List<Path> homes = new ArrayList<>();
        property("maven.home").map(Path::of).ifPresent(homes::add);
        for (String name : new String[] {"MAVEN_HOME", "M2_HOME"}) {
            Optional.ofNullable(variables.get(name))
                    .filter(value -> !value.isEmpty())
                    .map(Path::of)
                    .ifPresent(homes::add);
        }
        for (String folder : variables.getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
            Path program = Path.of(folder, "mvn");
            if (!folder.isEmpty() && Files.isExecutable(program)) {
                addHomesOf(program, homes);
                break;
            }
        }
        return homes;
    }

    private static void addHomesOf(Path program, List<Path> homes) {
        try {
            Path prefix = program.toRealPath().resolve("../..").normalize();
            homes.add(prefix);
            // Homebrew's mvn is a script beside the real home.
            homes.add(prefix.resolve("libexec"));
        } catch (IOException unreadable) {
            // Then it isn't the Maven that the user runs.
        }
    }

    private Path ofUser(String file) {
        Path own = UserHome.of(variables).resolve(".m2").resolve(file);
        Path ofAccount = UserHome.ofAccount().resolve(".m2").resolve(file);
        return Files.exists(own) || !Files.exists(ofAccount) ? own : ofAccount;
    }

    private Optional<String> property(String name) {
        return Optional.ofNullable(properties.getProperty(name)).filter(value -> !value.isEmpty());
    }
}

package dev.paddock.fetch.maven;

import dev.paddock.model.PaddockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.maven.settings.Profile;
import org.apache.maven.settings.Repository;
import org.apache.maven.settings.Settings;
import org.apache.maven.settings.building.DefaultSettingsBuilderFactory;
import org.apache.maven.settings.building.DefaultSettingsBuildingRequest;
import org.apache.maven.settings.building.SettingsBuildingException;
import org.apache.maven.settings.building.SettingsProblem;
import org.apache.maven.settings.crypto.DefaultSettingsDecrypter;
import org.apache.maven.settings.crypto.DefaultSettingsDecryptionRequest;
import org.apache.maven.settings.crypto.SettingsDecryptionResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sonatype.plexus.components.cipher.DefaultPlexusCipher;
import org.sonatype.plexus.components.sec.dispatcher.DefaultSecDispatcher;

/**
 * The user's settings.xml over the installed Maven's, passwords decrypted. Knows profiles that are named active or active by
 * default; profiles that other conditions activate count only in a Maven build.
 */
record MavenSettings(Settings settings, Path localRepository, boolean offline) {
    private static final Logger LOG = LoggerFactory.getLogger(MavenSettings.class);

    static MavenSettings read(MavenEnvironment environment) {
        DefaultSettingsBuildingRequest request = new DefaultSettingsBuildingRequest();
        request.setSystemProperties(environment.interpolation());
        Path user = environment.userSettings();
        if (Files.exists(user)) {
            request.setUserSettingsFile(user.toFile());
        }
        environment.globalSettings().ifPresent(file -> request.setGlobalSettingsFile(file.toFile()));
        try {
            Settings settings = decrypted(
                    new DefaultSettingsBuilderFactory()
                            .newInstance()
                            .build(request)
                            .getEffectiveSettings(),
                    environment);
            return new MavenSettings(
                    settings,
                    environment
                            .forcedLocalRepository()
                            .orElseGet(() -> Optional.ofNullable(settings.getLocalRepository())
                                    .filter(path -> !path.isBlank())
                                    .map(Path::of)
                                    .orElseGet(environment::defaultLocalRepository)),
                    settings.isOffline() || environment.offline());
        } catch (SettingsBuildingException broken) {
            throw new PaddockException(
                    "Maven's settings can't be read: "
                            + broken.getProblems().stream()
                                    .map(SettingsProblem::getMessage)
                                    .findFirst()
                                    .orElse(broken.getMessage()),
                    "mend " + user
                            + environment
                                    .globalSettings()
                                    .map(file -> " or " + file)
                                    .orElse(""),
                    broken);
        }
    }

    /** Repositories of the active profiles, in the order of the settings. */
    List<Repository> repositories() {
        List<Repository> repositories = new ArrayList<>();
        for (Profile profile : settings.getProfiles()) {
            boolean byDefault =
                    profile.getActivation() != null && profile.getActivation().isActiveByDefault();
            if (byDefault || settings.getActiveProfiles().contains(profile.getId())) {
                repositories.addAll(profile.getRepositories());
            }
        }
        return repositories;
    }

    private static Settings decrypted(Settings settings, MavenEnvironment environment) {
        DefaultSecDispatcher dispatcher = new DefaultSecDispatcher(new DefaultPlexusCipher());
        dispatcher.setConfigurationFile(environment.securitySettings().toString());
        SettingsDecryptionResult result =
                new DefaultSettingsDecrypter(dispatcher).decrypt(new DefaultSettingsDecryptionRequest(settings));
        for (SettingsProblem problem : result.getProblems()) {
            LOG.warn("Maven's settings: {}", problem.getMessage());
        }
        settings.setServers(result.getServers());
        settings.setProxies(result.getProxies());
        return settings;
    }
}

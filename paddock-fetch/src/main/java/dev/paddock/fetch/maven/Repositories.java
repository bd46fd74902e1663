package dev.paddock.fetch.maven;

import java.util.ArrayList;
import java.util.List;
import org.apache.maven.settings.Mirror;
import org.apache.maven.settings.Proxy;
import org.apache.maven.settings.Server;
import org.eclipse.aether.DefaultRepositorySystemSession;
import org.eclipse.aether.repository.Authentication;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.repository.RepositoryPolicy;
import org.eclipse.aether.util.repository.AuthenticationBuilder;
import org.eclipse.aether.util.repository.DefaultAuthenticationSelector;
import org.eclipse.aether.util.repository.DefaultMirrorSelector;
import org.eclipse.aether.util.repository.DefaultProxySelector;

/** Says to Maven's resolver in its own terms which repositories there are and how the settings reach them. */
final class Repositories {
    private static final RepositoryPolicy RELEASES =
            new RepositoryPolicy(true, RepositoryPolicy.UPDATE_POLICY_NEVER, RepositoryPolicy.CHECKSUM_POLICY_FAIL);
    private static final RepositoryPolicy NONE =
            new RepositoryPolicy(false, RepositoryPolicy.UPDATE_POLICY_NEVER, RepositoryPolicy.CHECKSUM_POLICY_FAIL);

    private Repositories() {}

    /** The active profiles' repositories, then Maven's own unless one of them has taken its id. */
    static List<RemoteRepository> of(MavenSettings settings) {
        List<RemoteRepository> repositories = new ArrayList<>();
        settings.repositories()
                .forEach(each -> add(repositories, each.getId(), each.getUrl(), releases(each.getReleases())));
        DefaultRepository.ofMaven().forEach(each -> add(repositories, each.getId(), each.getUrl(), true));
        return repositories;
    }

    /** Mirrors, proxies and credentials of the settings. */
    static void configure(DefaultRepositorySystemSession session, MavenSettings settings) {
        DefaultMirrorSelector mirrors = new DefaultMirrorSelector();
        for (Mirror mirror : settings.settings().getMirrors()) {
            mirrors.add(
                    mirror.getId(),
                    mirror.getUrl(),
                    mirror.getLayout(),
                    false,
                    mirror.isBlocked(),
                    mirror.getMirrorOf(),
                    mirror.getMirrorOfLayouts());
        }
        session.setMirrorSelector(mirrors);

        DefaultProxySelector proxies = new DefaultProxySelector();
        for (Proxy proxy : settings.settings().getProxies()) {
            if (proxy.isActive()) {
                Authentication login = new AuthenticationBuilder()
                        .addUsername(proxy.getUsername())
                        .addPassword(proxy.getPassword())
                        .build();
                proxies.add(
                        new org.eclipse.aether.repository.Proxy(
                                proxy.getProtocol(), proxy.getHost(), proxy.getPort(), login),
                        proxy.getNonProxyHosts());
            }
        }
        session.setProxySelector(proxies);

        DefaultAuthenticationSelector logins = new DefaultAuthenticationSelector();
        for (Server server : settings.settings().getServers()) {
            logins.add(
                    server.getId(),
                    new AuthenticationBuilder()
                            .addUsername(server.getUsername())
                            .addPassword(server.getPassword())
                            .addPrivateKey(server.getPrivateKey(), server.getPassphrase())
                            .build());
            ServerHeaders.of(server)
                    .ifPresent(headers ->
                            session.setConfigProperty("aether.connector.http.headers." + server.getId(), headers));
        }
        session.setAuthenticationSelector(logins);
    }

    private static void add(List<RemoteRepository> repositories, String id, String url, boolean releases) {
        if (repositories.stream().noneMatch(known -> known.getId().equals(id))) {
            repositories.add(new RemoteRepository.Builder(id, "default", url)
                    .setReleasePolicy(releases ? RELEASES : NONE)
                    .setSnapshotPolicy(NONE)
                    .build());
        }
    }

    private static boolean releases(
            org.apache.maven.settings.@org.jspecify.annotations.Nullable RepositoryPolicy policy) {
        return policy == null || policy.isEnabled();
    }
}

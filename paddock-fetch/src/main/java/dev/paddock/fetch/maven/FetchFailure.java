package dev.paddock.fetch.maven;

import dev.paddock.artifact.ArtifactNotFoundException;
import dev.paddock.model.Hint;
import dev.paddock.model.PaddockException;
import dev.paddock.model.Term;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.FileSystemException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.http.client.HttpResponseException;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.resolution.ArtifactRequest;
import org.eclipse.aether.resolution.ArtifactResolutionException;
import org.eclipse.aether.transfer.ChecksumFailureException;
import org.eclipse.aether.transfer.RepositoryOfflineException;

/** Says in one sentence what the resolver says in a tree of exceptions, and what to do about it. */
final class FetchFailure {

    private FetchFailure() {}

    static PaddockException of(ArtifactRequest request, MavenSettings settings, ArtifactResolutionException failure) {
        List<Exception> reasons = failure.getResult().getExceptions();
        Artifact artifact = request.getArtifact();
        String wanted = artifact.getArtifactId() + " " + artifact.getVersion();
        String asked = request.getRepositories().stream()
                .map(repository -> "'" + repository.getId() + "'")
                .collect(Collectors.joining(", "));
        Optional<ChecksumFailureException> checksum = first(reasons, ChecksumFailureException.class);
        if (checksum.isPresent()) {
            return checksum(wanted, asked, checksum.get(), failure);
        }
        if (first(reasons, RepositoryOfflineException.class).isPresent()) {
            return new PaddockException(
                    wanted + " is not in the local repository " + settings.localRepository()
                            + ", and Maven's settings forbid to go online",
                    orSystem("fetch it once while online"),
                    failure);
        }
        Optional<HttpResponseException> answer = first(reasons, HttpResponseException.class);
        if (answer.isPresent()) {
            return answered(wanted, asked, answer.get(), failure);
        }
        Optional<IOException> unreachable = network(reasons);
        if (unreachable.isPresent()) {
            return new PaddockException(
                    wanted + " can't be fetched: repository " + asked + " is out of reach (" + says(unreachable.get())
                            + ")",
                    orSystem("check the network and the mirrors and proxies in Maven's settings.xml"),
                    failure);
        }
        Optional<FileSystemException> file = first(reasons, FileSystemException.class);
        if (file.isPresent()) {
            return new PaddockException(
                    wanted + " can't be stored in " + settings.localRepository() + ": " + says(file.get()),
                    "make room or mend its permissions, or name another folder with -Dmaven.repo.local",
                    failure);
        }
        if (!reasons.isEmpty()
                && reasons.stream().allMatch(org.eclipse.aether.transfer.ArtifactNotFoundException.class::isInstance)) {
            return new ArtifactNotFoundException(
                    "repository " + asked + " has no " + wanted, orSystem("choose another version"), failure);
        }
        return new PaddockException(
                wanted + " can't be fetched from repository " + asked + ": " + failure.getMessage(),
                orSystem("check Maven's settings.xml"),
                failure);
    }

    private static PaddockException checksum(
            String wanted, String asked, ChecksumFailureException mismatch, Exception failure) {
        boolean none = mismatch.getExpected().isEmpty();
        return new PaddockException(
                wanted + " from repository " + asked
                        + (none
                                ? " was refused: there is no checksum to verify it by"
                                : " was refused: its checksum is " + mismatch.getActual() + " instead of "
                                        + mismatch.getExpected()),
                "try again; if it happens again, have the repository or mirror mended",
                failure);
    }

    private static PaddockException answered(
            String wanted, String asked, HttpResponseException answer, Exception failure) {
        int status = answer.getStatusCode();
        String message = wanted + " can't be fetched: repository " + asked + " answered " + status;
        return switch (status) {
            case 401, 403 ->
                new PaddockException(
                        message + ", access denied",
                        "put a <server> with the repository's id and valid credentials into Maven's settings.xml",
                        failure);
            case 407 ->
                new PaddockException(
                        message + ", the proxy wants a login",
                        "put the proxy's username and password into Maven's settings.xml",
                        failure);
            default -> new PaddockException(message, orSystem("try again later"), failure);
        };
    }

    /** Refused, unknown, silent, cut off, or no TLS with it. */
    private static Optional<IOException> network(List<Exception> reasons) {
        return causes(reasons)
                .filter(cause -> cause instanceof ConnectException
                        || cause instanceof UnknownHostException
                        || cause instanceof NoRouteToHostException
                        || cause instanceof SocketTimeoutException
                        || cause instanceof SocketException
                        || cause instanceof javax.net.ssl.SSLException
                        || cause instanceof org.apache.http.ConnectionClosedException
                        || cause instanceof org.apache.http.NoHttpResponseException
                        || cause instanceof org.apache.http.conn.ConnectTimeoutException)
                .map(IOException.class::cast)
                .findFirst();
    }

    private static String says(Exception cause) {
        String message = cause.getMessage();
        return cause instanceof UnknownHostException
                ? "unknown host " + message
                : message == null ? cause.getClass().getSimpleName() : message;
    }

    private static <T extends Throwable> Optional<T> first(List<Exception> reasons, Class<T> kind) {
        return causes(reasons).filter(kind::isInstance).map(kind::cast).findFirst();
    }

    private static Stream<Throwable> causes(List<Exception> reasons) {
        return reasons.stream().flatMap(reason -> Stream.iterate(reason, cause -> cause != null, Throwable::getCause));
    }

    /** That, or what needs no repository. */
    private static Hint orSystem(String remedy) {
        return Hint.naming(remedy + ", or use PostgreSQL as the system has it with {}", Term.SYSTEM_POSTGRES)
                .or(remedy);
    }
}

package dev.paddock.docker.build;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.BuildImageCmd;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import dev.paddock.docker.connection.EngineFailure;
import dev.paddock.model.PaddockException;
import dev.paddock.model.Progress;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** The images of bare Debian systems, made by debootstrap where an engine has none yet. */
record DebianBase(DockerClient client, Progress progress) {
    private static final String REPOSITORY = "paddock/debian";
    private static final String ANOTHER_WAY = "or name an image to build on: --base debian:bookworm-slim";

    /** @return the name of the image */
    String of(DebianSuite suite, Optional<String> mirror, boolean fresh) {
        String name = REPOSITORY + ":" + suite;
        if (fresh || mirror.isPresent() || !exists(name)) {
            requireMeans(suite);
            String activity = activity(suite);
            progress.advance(activity, 0, 0);
            try {
                make(suite, mirror);
            } finally {
                progress.advance(activity, 1, 1);
            }
        }
        return name;
    }

    private boolean exists(String name) {
        try {
            client.inspectImageCmd(name).exec();
            return true;
        } catch (NotFoundException none) {
            return false;
        } catch (DockerException refused) {
            throw new PaddockException(
                    "the engine refuses the image " + name + ": " + EngineFailure.reason(refused), refused);
        }
    }

    private void requireMeans(DebianSuite suite) {
        String what = "a base image of Debian " + suite + " can't be made here: ";
        List<String> missing = new ArrayList<>();
        for (String program : List.of("debootstrap", "unshare", "tar")) {
            if (isMissing(program)) {
                missing.add(program);
            }
        }
        if (!missing.isEmpty()) {
            throw new PaddockException(
                    what + "there is no " + String.join(" and no ", missing),
                    "install it (apt install debootstrap debian-archive-keyring util-linux tar), " + ANOTHER_WAY);
        }
        if (!isRoot()) {
            throw new PaddockException(what + "debootstrap needs root", "run this one command as root, " + ANOTHER_WAY);
        }
        String machine = System.getProperty("os.arch", "").replace("aarch64", "arm64");
        String engine = String.valueOf(client.versionCmd().exec().getArch());
        if (!engine.equals(machine)) {
            throw new PaddockException(
                    what + "this machine is " + machine + " and the engine's is " + engine,
                    "run it on a machine like the engine's, " + ANOTHER_WAY);
        }
    }

    private static boolean isMissing(String program) {
        String path = System.getenv().getOrDefault("PATH", "") + ":/usr/sbin:/sbin";
        for (String folder : path.split(":", -1)) {
            if (!folder.isEmpty() && Files.isExecutable(Path.of(folder, program))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isRoot() {
        try {
            return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
        } catch (IOException | UnsupportedOperationException noUnix) {
            return false;
        }
    }

    private void make(DebianSuite suite, Optional<String> mirror) {
        try {
            make(suite, start(suite, mirror));
        } catch (IOException failure) {
            throw new PaddockException("can't make a Debian " + suite + ": " + failure.getMessage(), failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new PaddockException("interrupted while making a Debian " + suite, interrupted);
        }
    }

    private static Process start(DebianSuite suite, Optional<String> mirror) throws IOException {
        List<String> command = new ArrayList<>(
                List.of("unshare", "--mount", "--pid", "--fork", "--mount-proc", "--kill-child=TERM", "sh", "-c"));
        command.addAll(List.of(BuildFiles.rootFileSystemScript(), "rootfs.sh", suite.toString()));
        mirror.ifPresent(command::add);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("PADDOCK_APART", "1");
        // Its standard input stays open for as long as this process lives, and no longer.
        builder.environment().put("PADDOCK_OWNER", "stdin");
        builder.environment().merge("PATH", "/usr/sbin:/sbin", (path, more) -> path + ":" + more);
        return builder.start();
    }

    private void make(DebianSuite suite, Process debootstrap) throws InterruptedException {
        LastLines said = new LastLines();
        CompletableFuture<Void> listening = CompletableFuture.runAsync(() -> listen(debootstrap, said));
        try (PushbackInputStream context = new PushbackInputStream(debootstrap.getInputStream())) {
            // The engine need not be asked before there is something for it, nor if there never is.
            int first = context.read();
            if (first >= 0) {
                context.unread(first);
                load(suite, context, said);
            }
            listening.join();
            if (first < 0 || debootstrap.waitFor() != 0) {
                throw failure(suite, "debootstrap fails", said);
            }
        } catch (IOException failure) {
            throw failure(suite, String.valueOf(failure.getMessage()), said);
        } finally {
            end(debootstrap);
        }
    }

    private void load(DebianSuite suite, InputStream context, LastLines said) throws InterruptedException {
        BuildOutput output = new BuildOutput(activity(suite), Progress.NONE);
        try (BuildImageCmd command = client.buildImageCmd(context)) {
            command.withTags(Set.of(REPOSITORY + ":" + suite))
                    .withForcerm(true)
                    .exec(output)
                    .awaitCompletion();
        } catch (DockerException refused) {
            throw failure(suite, "the engine refuses it: " + EngineFailure.reason(refused), said);
        }
        if (!output.isBuilt()) {
            throw failure(suite, "the engine refuses it: " + output.failure(), said);
        }
    }

    private static String activity(DebianSuite suite) {
        return "making a Debian " + suite;
    }

    private static void listen(Process debootstrap, LastLines said) {
        try (BufferedReader errors = debootstrap.errorReader(StandardCharsets.UTF_8)) {
            for (String line = errors.readLine(); line != null; line = errors.readLine()) {
                said.add(line);
            }
        } catch (IOException ended) {
            // Then it has nothing more to say.
        }
    }

    /** What it has begun it removes itself, when it sees that nobody waits for it. */
    private static void end(Process debootstrap) {
        try {
            debootstrap.getOutputStream().close();
        } catch (IOException closed) {
            // By itself, at its end.
        }
    }

    private static PaddockException failure(DebianSuite suite, String why, LastLines said) {
        return new PaddockException(
                "can't make a Debian " + suite + ": " + why + said.show(),
                said.advice(why).orElse("name an image to build on: --base debian:bookworm-slim"));
    }
}

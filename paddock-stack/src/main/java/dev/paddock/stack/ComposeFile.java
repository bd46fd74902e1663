package dev.paddock.stack;

import dev.paddock.model.InvalidSpecException;
import dev.paddock.model.ServiceSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A stack as Docker Compose has it, for whoever has no Paddock. To be put beside the file that it was written from.
 *
 * @param text the file
 * @param remarks what whoever uses it should know
 */
public record ComposeFile(String text, List<String> remarks) {
    private static final String HEAD = """
            # Written from %s by: paddock export compose
            # Put it beside that, and start it with: docker compose up
            """;

    public ComposeFile {
        remarks = List.copyOf(remarks);
    }

    /** Whether it can be written only {@link #of(StackFile, Optional) with} an image that has PostgreSQL's data. */
    public static boolean needsImage(StackFile file) {
        return ComposePostgres.needsImage(file);
    }

    /**
     * @param prepared an image that has PostgreSQL's data, as the file says, already
     * @throws InvalidSpecException if it says what only Paddock can do
     */
    public static ComposeFile of(StackFile file, Optional<PreparedImage> prepared) {
        ComposePaths paths = new ComposePaths(file.folder());
        List<String> remarks = new ArrayList<>();
        Map<String, Object> services = new LinkedHashMap<>();
        services.put(ServiceSpec.POSTGRES, new ComposePostgres(file, prepared, paths).describe());
        for (ServiceSpec service : file.stack().services()) {
            services.put(service.name(), new ComposeService(service, file.stack(), paths).describe(remarks));
        }
        Map<String, Object> whole = new LinkedHashMap<>();
        whole.put("services", services);
        whole.put("secrets", secrets(file, paths, remarks));
        if (ComposePostgres.keepsData(file.stack().postgres())) {
            remarks.add("PostgreSQL's data is in Compose's own volume " + ComposePostgres.VOLUME + ", which "
                    + (prepared.isPresent() ? "begins with the image's" : "is empty at first") + ": "
                    + file.stack().postgres().storage() + " is Paddock's");
        }
        Map<String, Object> volumes = new ComposeVolumes(file.stack()).describe(remarks);
        if (!volumes.isEmpty()) {
            whole.put("volumes", volumes);
        }
        return new ComposeFile(HEAD.formatted(file.file().getFileName()) + YamlText.of(whole), remarks);
    }

    private static Map<String, Object> secrets(StackFile file, ComposePaths paths, List<String> remarks) {
        Map<String, Object> secrets = new LinkedHashMap<>();
        Path password = file.passwordFile().orElse(file.folder().resolve("secrets/postgres_password"));
        secrets.put(ServiceSpec.POSTGRES_PASSWORD, Map.of("file", paths.seen(password)));
        file.stack().secrets().forEach((name, path) -> secrets.put(name, Map.of("file", paths.seen(path))));
        if (file.passwordFile().isEmpty()) {
            remarks.add("Compose generates no passwords; make one first: mkdir -m 700 secrets && openssl rand -hex 16 >"
                    + " secrets/postgres_password");
        }
        remarks.add(
                "Compose shows containers the files of secrets as they are: they must be readable for the users that"
                        + " run in them; a folder that only you can enter (mode 700) keeps everybody else out");
        return secrets;
    }
}

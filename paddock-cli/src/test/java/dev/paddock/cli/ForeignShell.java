package dev.paddock.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** A shell whose every variable leads programs to another server, or makes them refuse ours. */
final class ForeignShell {
    /** In the value of each variable that is to be gone. */
    static final String MARK = "of-production";

    /** Where psql is led: to which database, and whether at the port that the variables say. */
    static final String WHERE = "psql -XAtF ' ' -c \"SELECT current_database(), inet_server_port() = $PGPORT\"";

    private final Map<String, String> variables = new LinkedHashMap<>();

    private ForeignShell() {}

    /** @param uri of the server that this one leads to, as {@code up} prints it */
    static ForeignShell to(String uri) throws IOException {
        URI server = URI.create(uri.strip());
        String service = "[" + MARK + "]\nhost=" + server.getHost() + "\nhostaddr=" + server.getHost() + "\nport="
                + server.getPort() + "\ndbname=" + server.getPath().substring(1) + "\nuser="
                + server.getUserInfo().replace(":", "\npassword=") + "\n";
        Path file = Files.createTempFile("paddock-services", ".conf");
        file.toFile().deleteOnExit();
        Files.writeString(file, service);
        ForeignShell shell = new ForeignShell();
        shell.variables.put("PGSERVICEFILE", file.toString());
        shell.variables.put("PGSERVICE", MARK);
        // Nobody listens there.
        shell.variables.put("PGHOSTADDR", "127.0.0.9");
        shell.variables.put("PGOPTIONS", "-c no_setting-" + MARK);
        shell.variables.put("PGTARGETSESSIONATTRS", "standby");
        shell.variables.put("PGCHANNELBINDING", "require");
        shell.variables.put("PGREQUIREAUTH", "none");
        shell.variables.put("PGGSSENCMODE", "require");
        shell.variables.put("PGSSLMODE", "verify-full");
        shell.variables.put("PGSSLMINPROTOCOLVERSION", MARK);
        shell.variables.put("PGSSLNEGOTIATION", "direct");
        shell.variables.put("DATABASE_URL", "postgresql://" + MARK + "/shop");
        shell.variables.put("PRIMARY_DATABASE_URL", "postgres://" + MARK + "/shop");
        shell.variables.put("DIRECT_URL", "postgresql://" + MARK + "/shop");
        shell.variables.put("SPRING_DATASOURCE_URL", "jdbc:postgresql://" + MARK + "/shop");
        shell.variables.put("FLYWAY_URL", "jdbc:postgresql://" + MARK + "/shop");
        return shell;
    }

    Map<String, String> variables() {
        return variables;
    }

    /** What it prints, errors included. */
    String run(String script) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", script).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
        builder.environment().putAll(variables);
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }
}

package dev.paddock.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.PostgresServer;
import dev.paddock.model.PaddockException;
import dev.paddock.model.ServerSpec;
import dev.paddock.snapshot.Snapshot;
import dev.paddock.template.Layer;
import dev.paddock.template.LayerCode;
import dev.paddock.template.LayerTarget;
import dev.paddock.template.TemplateSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Templates: built of layers, once per content. */
public abstract class TemplateContract extends EngineContract {
    private Path folder = Path.of("");

    @BeforeEach
    void begin(@TempDir Path temporary) {
        folder = temporary;
    }

    private Path write(String name, String sql) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.resolveSibling("."));
        return Files.writeString(file, sql);
    }

    private static TemplateSpec template(Layer... layers) {
        TemplateSpec spec = TemplateSpec.of(ServerSpec.create());
        for (Layer layer : layers) {
            spec = spec.with(layer);
        }
        return spec;
    }

    private static LayerCode code(String sql) {
        return source -> {
            try (Connection connection = source.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute(sql);
            }
        };
    }

    @Test
    void whatItIsMadeOfMayNotChangeMeanwhile() throws IOException {
        // What others have made of the same scripts would be found.
        write("a.sql", "CREATE TABLE good (); -- " + newName("meanwhile"));
        Path script = write("b.sql", "SELECT 1;");
        Layer files = Layer.scripts(List.of(folder));
        String before = files.key();
        Layer written = new Layer() {
            @Override
            public String key() {
                return files.key();
            }

            @Override
            public String description() {
                return files.description();
            }

            @Override
            public void apply(LayerTarget target) {
                try {
                    Files.writeString(script, "CREATE TABLE evil ();");
                } catch (IOException failure) {
                    throw new java.io.UncheckedIOException(failure);
                }
                files.apply(target);
            }
        };
        assertThatThrownBy(() -> paddock.template(template(written)))
                .isInstanceOf(PaddockException.class)
                .hasMessageContaining(folder + " changed while a template was made of it");
        Files.writeString(script, "SELECT 1;");
        assertThat(files.key()).isEqualTo(before);
        try (PostgresServer server = paddock.start(
                ServerSpec.snapshot(paddock.template(template(files)).id()))) {
            assertThat(ask(server, "SELECT string_agg(tablename, ',') FROM pg_tables WHERE schemaname = 'public'"))
                    .isEqualTo("good");
        } catch (SQLException failure) {
            throw new AssertionError(failure);
        }
    }

    @Test
    void layersAreAppliedInOrderAndWhatBeginsAlikeIsShared() throws IOException, SQLException {
        String salt = newName("pony");
        Layer schema =
                Layer.migrations(write("schema/V1__pony.sql", "CREATE TABLE pony AS SELECT '" + salt + "' AS name;")
                        .resolveSibling(".")
                        .normalize()
                        .toString());
        Layer files = Layer.scripts(
                List.of(write("seed/1.sql", "INSERT INTO pony VALUES ('Applejack');"), folder.resolve("seed")));
        Layer seed = Layer.code(salt, code("INSERT INTO pony VALUES ('Rarity')"));
        Snapshot one = paddock.template(template(schema, files));
        Snapshot other = paddock.template(template(schema, seed));
        assertThat(one.manifest().parent())
                .isEqualTo(other.manifest().parent())
                .contains(paddock.template(template(schema)).id());
        try (PostgresServer server = paddock.start(template(schema, files, seed))) {
            assertThat(ask(server, "SELECT string_agg(name, ',' ORDER BY name) FROM pony"))
                    .isEqualTo("Applejack,Applejack,Rarity," + salt);
        }
    }

    @Test
    void equalContentIsOneTemplateWhereverItIs() throws IOException {
        String sql = "CREATE TABLE a AS SELECT '" + newName("same") + "' AS name;";
        Layer here = Layer.scripts(List.of(write("here/a.sql", sql)));
        Layer there = Layer.scripts(List.of(write("there/a.sql", sql)));
        Layer renamed = Layer.scripts(List.of(write("there/b.sql", sql)));
        Layer changed = Layer.scripts(List.of(write("elsewhere/a.sql", sql + " ")));
        String id = paddock.template(template(here)).id();
        assertThat(paddock.template(template(there)).id()).isEqualTo(id);
        assertThat(renamed.key()).isNotEqualTo(here.key());
        assertThat(paddock.template(template(changed)).id()).isNotEqualTo(id);
    }

    @Test
    void whatAScriptReadsIsPartOfItsTemplate() throws IOException, SQLException {
        String name = newName("read");
        Path data = write("data/ponies.csv", name + "\n");
        write("data/fill.sql", "\\copy pony from 'ponies.csv'\n");
        Path script = write("install.sql", "CREATE TABLE pony (name text);\n\\ir data/fill.sql;\n");
        TemplateSpec scripts = template(Layer.scripts(List.of(script)));
        TemplateSpec migration = template(Layer.migrations(script.toString()));
        for (TemplateSpec spec : List.of(scripts, migration)) {
            Files.writeString(data, name + "\n");
            Snapshot first = paddock.template(spec);
            Files.writeString(data, name + " the second\n");
            assertThat(paddock.template(spec).id()).isNotEqualTo(first.id());
            try (PostgresServer server = paddock.start(spec)) {
                assertThat(ask(server, "SELECT name FROM pony")).isEqualTo(name + " the second");
            }
        }
    }

    @Test
    void aScriptReadsNothingThatItsTemplateDoesNotKnowOf() throws IOException {
        write("ponies.csv", newName("unknown"));
        Path script = write("install.sql", "CREATE TABLE pony (name text);\n\\set data ponies.csv\n\\i :data\n");
        assertThatThrownBy(() -> paddock.template(template(Layer.scripts(List.of(script)))))
                .hasMessageContaining("install.sql, line 3")
                .hasMessageContaining("has to be known before");
    }

    @Test
    void aFailureSaysWhereAndIsForgottenOnceMended() throws IOException, SQLException {
        Path file = write("V1__foal.sql", "-- " + newName("broken") + "\n\nCREATE TABLE foal (\n    name txt);\n");
        TemplateSpec spec = template(Layer.migrations(folder.toString()));
        assertThatThrownBy(() -> paddock.template(spec))
                .hasMessage(
                        file + ", line 3: type \"txt\" does not exist (line 4)\n  in: CREATE TABLE foal ( name txt)");
        Files.writeString(file, Files.readString(file).replace("txt", "text"));
        try (PostgresServer server = paddock.start(spec)) {
            assertThat(ask(server, "SELECT count(*) FROM foal")).isEqualTo("0");
        }
    }

    @Test
    void askedForByManyAtOnceItIsBuiltOnce() {
        AtomicInteger builds = new AtomicInteger();
        TemplateSpec spec = template(Layer.code(newName("once"), database -> builds.incrementAndGet()));
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            CompletableFuture<Snapshot> one = CompletableFuture.supplyAsync(() -> paddock.template(spec), threads);
            CompletableFuture<Snapshot> other = CompletableFuture.supplyAsync(() -> paddock.template(spec), threads);
            assertThat(one.join().id()).isEqualTo(other.join().id());
        } finally {
            threads.shutdown();
        }
        assertThat(builds).hasValue(1);
    }
}

package dev.paddock.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdOutputStream;
import dev.paddock.model.Progress;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

class PackingTest {
    private static final String SCRIPT = "SELECT 'ä';\n".repeat(50_000);

    private static void write(Packing packing, String script, Path file) throws IOException {
        try (OutputStream out = packed(packing, Files.newOutputStream(file))) {
            out.write(script.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static OutputStream packed(Packing packing, OutputStream file) throws IOException {
        return switch (packing) {
            case NONE -> file;
            case GZIP -> new GZIPOutputStream(file);
            case XZ -> new XZOutputStream(file, new LZMA2Options());
            case ZSTD -> new ZstdOutputStream(file);
        };
    }

    private static String read(Path file) throws IOException {
        try (ScriptSource source = ScriptSource.open(FirstBytes.classify(file, Optional.empty()), Progress.NONE)) {
            return new String(source.text().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @EnumSource(Packing.class)
    void isToldByTheContentAndUnpacked(Packing packing, @TempDir Path folder) throws IOException {
        Path file = folder.resolve("script");
        write(packing, SCRIPT, file);

        assertThat(FirstBytes.classify(file, Optional.empty()))
                .isEqualTo(new Input.Script(file, Optional.empty(), packing));
        assertThat(read(file)).isEqualTo(SCRIPT);
    }

    @ParameterizedTest
    @EnumSource(value = Packing.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void aFileThatWasCutOffIsNotTakenForWhole(Packing packing, @TempDir Path folder) throws IOException {
        Path file = folder.resolve("script");
        write(packing, SCRIPT, file);
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length - 20));

        assertThatThrownBy(() -> read(file)).hasMessageContaining("cut off or damaged");
    }

    @ParameterizedTest
    @EnumSource(value = Packing.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void binaryDataIsNoScriptHoweverItIsPacked(Packing packing, @TempDir Path folder) throws IOException {
        Path file = folder.resolve("script");
        write(packing, "\0\1\2", file);

        assertThatThrownBy(() -> FirstBytes.classify(file, Optional.empty())).hasMessageContaining("binary data");
    }
}

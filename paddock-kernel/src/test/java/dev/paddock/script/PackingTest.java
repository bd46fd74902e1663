package dev.paddock.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdOutputStream;
import dev.paddock.model.Progress;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
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

    /** As {@code cat} makes it of several files, wherever in what is read at a time the first of them ends. */
    @Test
    void severalOneAfterAnotherAreAllRead(@TempDir Path folder) throws IOException {
        for (int before = 0; before < 32; before++) {
            byte[] first = zipped(64 * 1024 - before);
            assertThat(first).hasSize(64 * 1024 - before);
            Path file = folder.resolve(before + ".gz");
            Files.write(file, first);
            Files.write(file, zipped(100), StandardOpenOption.APPEND);

            assertThat(read(file))
                    .as("ending " + before + " before a block")
                    .contains("--")
                    .endsWith("end of 100\n");
        }
    }

    /** As of a pipe, whose writer pauses. */
    @ParameterizedTest
    @EnumSource(value = Packing.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void nothingAtHandIsNotTheEnd(Packing packing, @TempDir Path folder) throws IOException {
        List<InputStream> parts = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            ByteArrayOutputStream part = new ByteArrayOutputStream();
            try (OutputStream out = packed(packing, part)) {
                out.write(SCRIPT.getBytes(StandardCharsets.UTF_8));
            }
            parts.add(new ByteArrayInputStream(part.toByteArray()));
        }
        InputStream pausing = new FilterInputStream(new SequenceInputStream(Collections.enumeration(parts))) {
            @Override
            public int available() {
                return 0;
            }
        };

        try (InputStream all = packing.unpack(folder, pausing)) {
            assertThat(new String(all.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(SCRIPT.repeat(3));
        }
    }

    /** A comment that is zipped, without making it smaller, to so many bytes. */
    private static byte[] zipped(int size) throws IOException {
        int length = size - stored(size).length + size;
        return stored(length);
    }

    private static byte[] stored(int length) throws IOException {
        String end = "end of " + 100 + "\n";
        String text = "--" + "x".repeat(Math.max(0, length - 3 - end.length())) + "\n" + end;
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(zipped) {
            {
                def.setLevel(Deflater.NO_COMPRESSION);
            }
        }) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return zipped.toByteArray();
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

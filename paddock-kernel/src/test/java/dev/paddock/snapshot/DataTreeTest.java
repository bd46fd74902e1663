package dev.paddock.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A data directory whose files are exchanged for links while they are read. */
final class DataTreeTest {
    @TempDir
    private Path temp = Path.of("");

    private Path data = Path.of("");
    private Path secrets = Path.of("");
    private final TreeMap<String, String> read = new TreeMap<>();

    @BeforeEach
    void aDataDirectoryAndSomethingElse() throws IOException {
        data = Files.createDirectories(temp.resolve("data"));
        Files.createDirectories(data.resolve("base/5"));
        Files.writeString(data.resolve("base/5/1259"), "rows");
        Files.writeString(data.resolve("PG_VERSION"), "18");
        secrets = Files.createDirectories(temp.resolve("secrets"));
        Files.writeString(secrets.resolve("1259"), "secret");
    }

    @Test
    void isReadWhole() throws IOException {
        DataTree.walk(data, new Reader());
        assertThat(read)
                .containsOnly(java.util.Map.entry("PG_VERSION", "18"), java.util.Map.entry("base/5/1259", "rows"));
    }

    @Test
    void aFileThatIsALinkWhenItIsOpenedIsRefused() {
        assertThatThrownBy(() -> DataTree.walk(data, new Reader() {
                    @Override
                    public void file(String name, BasicFileAttributes attributes, DataTree.Opener opener)
                            throws IOException {
                        if (name.endsWith("1259")) {
                            Files.delete(data.resolve(name));
                            Files.createSymbolicLink(data.resolve(name), secrets.resolve("1259"));
                        }
                        super.file(name, attributes, opener);
                    }
                }))
                .isInstanceOf(IOException.class);
        assertThat(read).doesNotContainValue("secret");
    }

    @Test
    void aFolderThatIsALinkWhenItIsEnteredIsRefused() {
        assertThatThrownBy(() -> DataTree.walk(data, new Reader() {
                    @Override
                    public boolean folder(String name) throws IOException {
                        if (name.equals("base/5")) {
                            Files.move(data.resolve(name), temp.resolve("moved"));
                            Files.createSymbolicLink(data.resolve(name), secrets);
                        }
                        return true;
                    }
                }))
                .isInstanceOf(IOException.class);
        assertThat(read).doesNotContainValue("secret");
    }

    @Test
    void aFolderAboveThatBecomesALinkMakesNoDifference() throws IOException {
        DataTree.walk(data, new Reader() {
            @Override
            public void file(String name, BasicFileAttributes attributes, DataTree.Opener opener) throws IOException {
                if (name.endsWith("1259")) {
                    Files.move(data.resolve("base/5"), temp.resolve("moved"));
                    Files.createSymbolicLink(data.resolve("base/5"), secrets);
                }
                super.file(name, attributes, opener);
            }
        });
        assertThat(read).containsEntry("base/5/1259", "rows");
    }

    /** Reads each file as soon as it is told of it. */
    private class Reader implements DataTree.Visitor {
        @Override
        public boolean folder(String name) throws IOException {
            return true;
        }

        @Override
        public void file(String name, BasicFileAttributes attributes, DataTree.Opener opener) throws IOException {
            try (SeekableByteChannel channel = opener.open()) {
                ByteBuffer content = ByteBuffer.allocate(100);
                channel.read(content);
                read.put(name, new String(content.array(), 0, content.position(), StandardCharsets.UTF_8));
            }
        }
    }
}

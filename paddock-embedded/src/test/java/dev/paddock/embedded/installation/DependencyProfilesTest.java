package dev.paddock.embedded.installation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Which binaries the POM that users get names, for each kind of machine. The conditions are judged here as Maven does. */
class DependencyProfilesTest {
    private final Path root;

    DependencyProfilesTest(@TempDir Path root) {
        this.root = root;
    }

    @ParameterizedTest
    @CsvSource({
        "Linux, amd64, lib64/ld-linux-x86-64.so.2, linux-amd64",
        "Linux, amd64, lib/ld-musl-x86_64.so.1, linux-amd64-alpine",
        "Linux, aarch64, lib/ld-linux-aarch64.so.1, linux-arm64v8",
        "Mac OS X, aarch64, , darwin-arm64v8",
        "Mac OS X, x86_64, , darwin-arm64v8",
        // These fetch at the first start: not every release is packaged for them.
        "Linux, aarch64, lib/ld-musl-aarch64.so.1, ",
        // No server runs there.
        "Windows 11, amd64, , ",
    })
    void aMachineGetsItsOwnBinariesAndNoOthers(
            String os, String architecture, @Nullable String loader, @Nullable String classifier) throws Exception {
        if (loader != null) {
            touch(loader);
        }

        List<String> named = binaries(os, architecture);

        assertThat(named).isEqualTo(classifier == null ? List.of() : List.of(classifier));
        assertThat(Platform.detect(os, architecture, root).runnable()).containsAll(named);
    }

    private List<String> binaries(String os, String architecture) throws Exception {
        Document pom = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(Path.of(".flattened-pom.xml").toFile());
        List<String> classifiers = new ArrayList<>();
        for (Element dependency : elements(pom.getElementsByTagName("dependency"))) {
            String artifact = text(dependency, "artifactId");
            if (artifact.startsWith(ClasspathBinaries.ARTIFACT) && isActive(dependency, os, architecture)) {
                classifiers.add(artifact.substring(ClasspathBinaries.ARTIFACT.length()));
            }
        }
        return classifiers;
    }

    private boolean isActive(Element dependency, String os, String architecture) {
        Element profile = (Element) dependency.getParentNode().getParentNode();
        if (!profile.getTagName().equals("profile")) {
            return true;
        }
        Element activation =
                (Element) profile.getElementsByTagName("activation").item(0);
        return isOrUnsaid(text(activation, "name"), os.toLowerCase(Locale.ROOT))
                && isOrUnsaid(text(activation, "arch"), architecture)
                && (text(activation, "family").isEmpty() || os.startsWith("Mac"))
                && (text(activation, "exists").isEmpty() || isThere(text(activation, "exists")))
                && (text(activation, "missing").isEmpty() || !isThere(text(activation, "missing")));
    }

    private static boolean isOrUnsaid(String condition, String fact) {
        return condition.isEmpty() || condition.equals(fact);
    }

    private boolean isThere(String absolute) {
        return Files.exists(root.resolve(absolute.substring(1)));
    }

    private static List<Element> elements(NodeList nodes) {
        return IntStream.range(0, nodes.getLength())
                .mapToObj(index -> (Element) nodes.item(index))
                .toList();
    }

    private static String text(Element element, String tag) {
        NodeList found = element.getElementsByTagName(tag);
        return found.getLength() == 0 ? "" : found.item(0).getTextContent();
    }

    private void touch(String file) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, "");
    }
}

package dev.paddock.template;

import dev.paddock.content.Content;
import dev.paddock.content.ContentDigest;
import dev.paddock.content.ContentFile;
import dev.paddock.model.PaddockException;
import dev.paddock.script.InitScripts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Scripts and dumps, as they come. */
record ScriptsLayer(List<Path> paths) implements Layer {

    ScriptsLayer {
        paths = List.copyOf(paths);
    }

    @Override
    public String key() {
        ContentDigest digest = new ContentDigest().add("scripts 1");
        for (Path path : paths) {
            digest.add(files(path));
        }
        return digest.addRead(InitScripts.readBy(paths)).toHex();
    }

    private static List<ContentFile> files(Path path) {
        if (!Files.exists(path)) {
            throw new PaddockException(path + ": there is no such file or folder", "check the path");
        }
        return Content.filesOf(path);
    }

    @Override
    public String changesByOthers() {
        List<Path> all = new ArrayList<>(InitScripts.readBy(paths));
        paths.forEach(path -> files(path).forEach(file -> all.add(file.path())));
        return Content.changesByOthers(all);
    }

    @Override
    public String description() {
        return paths.stream().map(Path::toString).collect(Collectors.joining(", ", "scripts ", ""));
    }

    @Override
    public void apply(LayerTarget target) {
        InitScripts.runForTemplate(paths, target.scripts(), target.progress());
    }
}

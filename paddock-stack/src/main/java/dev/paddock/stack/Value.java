package dev.paddock.stack;

import dev.paddock.model.InvalidSpecException;
import dev.paddock.model.PaddockException;
import dev.paddock.model.Vocabulary;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Something in a file, and where it stands there. What is wrong with it is said with file, line and column. */
final class Value {
    private static final String MERGE = "<<";
    /** Deeper than anybody merges on purpose; what merges itself is deeper. */
    private static final int MOST_MERGED = 1000;

    private final Node node;
    private final Path file;
    private final Variables variables;

    Value(Node node, Path file, Variables variables) {
        this.node = node;
        this.file = file;
        this.variables = variables;
    }

    /** A single value as it is written, variables replaced. */
    String text() {
        if (node instanceof ScalarNode scalar && !scalar.getTag().equals(Tag.NULL)) {
            return making(() -> variables.in(scalar.getValue()));
        }
        throw wrong("a single value is wanted here, not " + kind(), null);
    }

    /** What a reader makes of the text; its failures get their place. */
    <R> R read(Function<String, R> reader) {
        String text = text();
        return making(() -> reader.apply(text));
    }

    /** What is made of all that stands here; its failures get this place. */
    <R> R making(Supplier<R> maker) {
        try {
            return maker.get();
        } catch (PlacedFailure placed) {
            throw placed;
        } catch (PaddockException refused) {
            throw wrong(
                    String.valueOf(refused.getMessage()),
                    refused.hint(Vocabulary.FILE).orElse(null));
        }
    }

    /** The same of a check that makes nothing. */
    void checking(Runnable check) {
        making(() -> {
            check.run();
            return true;
        });
    }

    boolean flag() {
        return read(text -> switch (text) {
            case "true" -> true;
            case "false" -> false;
            default ->
                throw new InvalidSpecException("'" + text + "' is neither true nor false", "write true or false");
        });
    }

    long number() {
        return read(text -> {
            try {
                return Long.parseLong(text);
            } catch (NumberFormatException notOne) {
                throw new InvalidSpecException("'" + text + "' is not a whole number");
            }
        });
    }

    int smallNumber() {
        return read(text -> {
            try {
                return Integer.parseInt(text);
            } catch (NumberFormatException notOne) {
                throw new InvalidSpecException("'" + text + "' is not a whole number");
            }
        });
    }

    /** A path on this machine. */
    Path path() {
        return read(this::relative);
    }

    /** A path as seen from the folder of the file. */
    Path relative(String path) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            return (folder == null ? Path.of(path) : folder.resolve(path)).normalize();
        } catch (InvalidPathException impossible) {
            throw new InvalidSpecException("'" + path + "' can't be a path", "name a file or folder");
        }
    }

    Path existingPath() {
        Path path = path();
        if (!Files.exists(path)) {
            throw wrong("there is no " + path, "paths begin at the folder of this file");
        }
        return path;
    }

    /** The values of a list; a single value is a list of one. */
    List<Value> list() {
        if (node instanceof ScalarNode) {
            return List.of(this);
        }
        return strictList();
    }

    /** The values of a list that is written as one. */
    List<Value> strictList() {
        if (node instanceof SequenceNode sequence) {
            return sequence.getValue().stream().map(this::at).toList();
        }
        throw wrong("a list is wanted here, not " + kind(), "write it as [one, two]");
    }

    boolean isList() {
        return node instanceof SequenceNode;
    }

    boolean hasKeys() {
        return node instanceof MappingNode;
    }

    /** Keys and values, in the order of the file. */
    Map<Value, Value> entries() {
        Map<String, Map.Entry<Value, Value>> entries = new LinkedHashMap<>();
        collect(entries, new IdentityHashMap<>());
        Map<Value, Value> result = new LinkedHashMap<>();
        entries.values().forEach(entry -> result.put(entry.getKey(), entry.getValue()));
        return result;
    }

    /** @param merging what is being merged, and whether that is still going on; once is enough, for what came first stays */
    private void collect(Map<String, Map.Entry<Value, Value>> entries, Map<Node, Boolean> merging) {
        if (!(node instanceof MappingNode mapping)) {
            throw wrong("keys with values are wanted here, not " + kind(), "write them as key: value");
        }
        Boolean goesOn = merging.putIfAbsent(node, true);
        if (Boolean.FALSE.equals(goesOn)) {
            return;
        }
        if (goesOn != null || merging.size() > MOST_MERGED) {
            throw wrong("this merges itself", "leave out the << that goes round in a circle");
        }
        List<Value> merged = new ArrayList<>();
        Map<String, Value> seen = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            Value key = at(tuple.getKeyNode());
            String name = key.text();
            if (name.equals(MERGE)) {
                Value source = at(tuple.getValueNode());
                merged.addAll(source.isList() ? source.strictList() : List.of(source));
                continue;
            }
            Value earlier = seen.put(name, key);
            if (earlier != null) {
                throw key.wrong(
                        "the key " + name + " stands here for the second time",
                        "the first is in line " + (earlier.line() + 1));
            }
            entries.putIfAbsent(name, Map.entry(key, at(tuple.getValueNode())));
        }
        merged.forEach(source -> source.collect(entries, merging));
        merging.put(node, false);
    }

    /** Names with single values, in the order of the file. */
    Map<String, String> texts() {
        Map<String, String> texts = new LinkedHashMap<>();
        entries().forEach((key, value) -> texts.put(key.text(), value.isNothing() ? "" : value.text()));
        return texts;
    }

    boolean isNothing() {
        return node instanceof ScalarNode scalar && scalar.getTag().equals(Tag.NULL);
    }

    private Value at(Node other) {
        return new Value(other, file, variables);
    }

    private String kind() {
        if (isNothing()) {
            return "nothing";
        }
        return node instanceof SequenceNode ? "a list" : node instanceof MappingNode ? "keys with values" : "a value";
    }

    private int line() {
        return node.getStartMark().map(Mark::getLine).orElse(0);
    }

    /** To be thrown: what is wrong here. */
    PlacedFailure wrong(String what, @Nullable String hint) {
        return failure(file, node.getStartMark(), what, hint);
    }

    /** What is wrong at a place; the file is named as it was given. */
    static PlacedFailure failure(Path file, Optional<Mark> mark, String what, @Nullable String hint) {
        String place = mark.map(at -> ":" + (at.getLine() + 1) + ":" + (at.getColumn() + 1))
                .orElse("");
        return new PlacedFailure(file + place + ": " + what, hint);
    }
}

package dev.paddock.benchmark.report;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import dev.paddock.model.PaddockException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Results as a JSON array of flat objects. */
public final class ResultFile {
    private ResultFile() {}

    public static void write(Path file, List<Result> results) {
        DefaultPrettyPrinter onePerLine = new DefaultPrettyPrinter();
        onePerLine.indentArraysWith(com.fasterxml.jackson.core.util.DefaultIndenter.SYSTEM_LINEFEED_INSTANCE);
        onePerLine.indentObjectsWith(new DefaultPrettyPrinter.FixedSpaceIndenter());
        try (JsonGenerator json = new JsonFactory().createGenerator(file.toFile(), JsonEncoding.UTF8)) {
            json.setPrettyPrinter(onePerLine);
            json.writeStartArray();
            for (Result result : results) {
                json.writeStartObject();
                json.writeStringField("benchmark", result.benchmark());
                json.writeStringField("metric", result.metric());
                json.writeStringField("subject", result.subject());
                json.writeStringField("unit", result.unit().code());
                json.writeNumberField("n", result.n());
                number(json, "min", result.min());
                number(json, "p50", result.p50());
                number(json, "p99", result.p99());
                number(json, "max", result.max());
                json.writeEndObject();
            }
            json.writeEndArray();
        } catch (IOException failure) {
            throw new PaddockException(
                    "can't write " + file + ": " + failure.getMessage(), "does its folder exist?", failure);
        }
    }

    /** Whole numbers without a fraction, others to the microsecond. */
    private static void number(JsonGenerator json, String name, double value) throws IOException {
        if (value == Math.rint(value)) {
            json.writeNumberField(name, (long) value);
        } else {
            json.writeNumberField(name, Math.round(value * 1000) / 1000.0);
        }
    }

    public static List<Result> read(Path file) {
        if (!Files.isReadable(file)) {
            throw new PaddockException("can't read " + file, "make it with: ./benchmark server --json " + file);
        }
        List<Result> results = new ArrayList<>();
        try (JsonParser json = new JsonFactory().createParser(file.toFile())) {
            while (json.nextToken() != null) {
                if (json.currentToken() == JsonToken.START_OBJECT) {
                    results.add(result(json));
                }
            }
            return results;
        } catch (IOException | RuntimeException failure) {
            throw new PaddockException(
                    file + " doesn't hold results of the benchmark: " + failure.getMessage(),
                    "make it with: ./benchmark server --json " + file,
                    failure);
        }
    }

    private static Result result(JsonParser json) throws IOException {
        Map<String, String> fields = new HashMap<>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            fields.put(name, json.getText());
        }
        return new Result(
                text(fields, "benchmark"),
                text(fields, "metric"),
                text(fields, "subject"),
                Unit.of(text(fields, "unit")),
                Integer.parseInt(text(fields, "n")),
                Double.parseDouble(text(fields, "min")),
                Double.parseDouble(text(fields, "p50")),
                Double.parseDouble(text(fields, "p99")),
                Double.parseDouble(text(fields, "max")));
    }

    private static String text(Map<String, String> fields, String name) {
        String value = fields.get(name);
        if (value == null) {
            throw new PaddockException("'" + name + "' is missing");
        }
        return value;
    }
}

package dev.paddock.postgres;

import dev.paddock.model.InvalidSpecException;
import dev.paddock.model.OwnFiles;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the {@linkplain OwnFiles files of the user's own} say.
 *
 * @param settings lines of a {@code postgresql.conf}
 * @param access lines of a {@code pg_hba.conf}
 */
public record OwnConfiguration(List<String> settings, List<String> access, Optional<Tls> tls) {
    static final OwnConfiguration NONE = new OwnConfiguration(List.of(), List.of(), Optional.empty());

    private static final Pattern SETTING = Pattern.compile("\\s*([A-Za-z_][A-Za-z0-9_.]*)\\b.*");

    /** Texts of PEM files, line by line. */
    public record Tls(List<String> certificate, List<String> key, Optional<List<String>> authority) {}

    /** @throws InvalidSpecException for a file that can't be read, or that says what is not for it to say, with the line */
    public static OwnConfiguration read(OwnFiles files) {
        if (files.isNone()) {
            return NONE;
        }
        List<String> settings = new ArrayList<>();
        files.settings().forEach(file -> settings.addAll(requireSettings(file, lines(file))));
        List<String> access = new ArrayList<>();
        files.access().forEach(file -> access.addAll(requireAccess(file, lines(file))));
        return new OwnConfiguration(
                settings,
                access,
                files.tls()
                        .map(tls -> new Tls(
                                pem(tls.certificate()),
                                pem(tls.key()),
                                tls.authority().map(OwnConfiguration::pem))));
    }

    private static List<String> requireSettings(Path file, List<String> lines) {
        for (int number = 1; number <= lines.size(); number++) {
            Matcher setting = SETTING.matcher(lines.get(number - 1));
            if (setting.matches() && ServerSettings.isNothingForFiles(setting.group(1))) {
                throw new InvalidSpecException(
                        file + ":" + number + ": the setting "
                                + setting.group(1).toLowerCase(Locale.ROOT) + " is Paddock's own",
                        "leave it out of the file");
            }
        }
        return lines;
    }

    private static List<String> requireAccess(Path file, List<String> lines) {
        for (AccessLine line : AccessLine.of(lines)) {
            if (line.includes()) {
                throw new InvalidSpecException(
                        file + ":" + line.number() + ": the server doesn't see the file that is included here",
                        "put its lines into this file");
            }
            if (line.letsEverybodyIn()) {
                throw new InvalidSpecException(
                        file + ":" + line.number() + ": this would let everybody in without a password",
                        "use scram-sha-256 or cert in place of trust");
            }
        }
        return lines;
    }

    private static List<String> pem(Path file) {
        List<String> lines = lines(file);
        if (lines.stream().noneMatch(line -> line.startsWith("-----BEGIN "))) {
            throw new InvalidSpecException(
                    file + " is not in PEM", "convert it with openssl; it begins with -----BEGIN");
        }
        return lines;
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (MalformedInputException binary) {
            throw new InvalidSpecException(file + " is not text in UTF-8", "name a text file");
        } catch (IOException failure) {
            String why = Files.isDirectory(file)
                    ? "it is a folder"
                    : Files.exists(file) ? String.valueOf(failure.getMessage()) : "there is no such file";
            throw new InvalidSpecException("can't read " + file + ": " + why, "name a text file that you may read");
        }
    }
}

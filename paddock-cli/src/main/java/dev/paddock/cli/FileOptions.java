package dev.paddock.cli;

import dev.paddock.model.InvalidSpecException;
import dev.paddock.model.OwnFiles;
import java.util.List;

/** The options that name files of the user's own, which a server is configured with. */
final class FileOptions {
    private static final String CONFIG = "--config";
    private static final String ACCESS = "--hba";
    private static final String CERTIFICATE = "--tls-cert";
    private static final String KEY = "--tls-key";
    private static final String AUTHORITY = "--tls-ca";

    static final List<String> ALL = List.of(CONFIG, ACCESS, CERTIFICATE, KEY, AUTHORITY);

    private FileOptions() {}

    static Grammar addTo(Grammar grammar) {
        return grammar.values(
                        CONFIG, "1", Grammar.FILE, "A part of a postgresql.conf; -c comes on top. Can be repeated.")
                .values(
                        ACCESS,
                        "1",
                        Grammar.FILE,
                        "A part of a pg_hba.conf, asked before the rule that all need the password.")
                .value(CERTIFICATE, Grammar.FILE, "The server's certificate, in PEM: turns TLS on.")
                .value(KEY, Grammar.FILE, "The key of that certificate, with whatever owner and mode.")
                .value(AUTHORITY, Grammar.FILE, "Whose certificates clients may log in with.");
    }

    /** @throws InvalidSpecException if they can't be meant */
    static OwnFiles read(Arguments given, OwnFiles begin) {
        OwnFiles files = begin;
        if (given.has(CONFIG)) {
            files = files.withSettings(GivenPath.existing(given, CONFIG));
        }
        if (given.has(ACCESS)) {
            files = files.withAccess(GivenPath.existing(given, ACCESS));
        }
        if (given.has(CERTIFICATE) != given.has(KEY) || (given.has(AUTHORITY) && !given.has(KEY))) {
            throw new InvalidSpecException(
                    "TLS needs a certificate and its key", "say both, " + CERTIFICATE + " and " + KEY);
        }
        if (given.has(CERTIFICATE)) {
            files = files.withTls(new OwnFiles.Tls(
                    GivenPath.of(CERTIFICATE, given.value(CERTIFICATE).orElseThrow()),
                    GivenPath.of(KEY, given.value(KEY).orElseThrow()),
                    given.value(AUTHORITY).map(path -> GivenPath.of(AUTHORITY, path))));
        }
        return files;
    }
}

package dev.paddock.embedded.installation;

import dev.paddock.home.Account;
import dev.paddock.home.CheckedFile;
import dev.paddock.home.OwnFolders;
import dev.paddock.home.PaddockHome;
import dev.paddock.model.DataPlatform;
import dev.paddock.model.PaddockException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an installation's data is written on: the libraries that it is linked to, as the dynamic loader tells. Asked once, then remembered for as
 * long as those are the same files, since an upgrade of the system may change how text is ordered.
 */
public final class InstallationPlatform {
    /** A line of ldd's; any character may be in the name of the folder that Paddock keeps its things in. */
    private static final Pattern LIBRARY =
            Pattern.compile("(?:=> |^\\s*)(/.*?) \\(0x[0-9a-f]+\\)$", Pattern.DOTALL | Pattern.MULTILINE);

    private static final Pattern GLIBC = Pattern.compile("GNU C Library [^\\n]*version (\\d+(?:\\.\\d+)+)");
    private static final Pattern MUSL = Pattern.compile("Version (\\d+(?:\\.\\d+)+)");
    private static final Pattern ICU = Pattern.compile("libicui18n\\.(?:so\\.)?(\\d+(?:\\.\\d+)*)");

    private InstallationPlatform() {}

    /** As it was found out before; empty if it never was, or is out of date. */
    public static Optional<DataPlatform> known(Installation installation, PaddockHome home) {
        Optional<String> text = memory(installation, home).read();
        if (text.isEmpty()) {
            return Optional.empty();
        }
        List<String> lines = text.get().lines().toList();
        return areSame(lines.subList(1, lines.size()))
                ? Optional.of(DataPlatform.parse(lines.get(0)))
                : Optional.empty();
    }

    /** Finds it out, of an installation whose programs can be run. */
    public static DataPlatform ask(Installation installation, PaddockHome home) {
        try {
            return find(installation, memory(installation, home));
        } catch (IOException failure) {
            throw new PaddockException(
                    "can't tell which libraries " + installation.postgres() + " uses: " + failure.getMessage(),
                    failure);
        }
    }

    private static CheckedFile memory(Installation installation, PaddockHome home) {
        return new CheckedFile(home.cacheFolder("platforms").resolve(Fingerprint.of(installation.id())));
    }

    private static boolean areSame(List<String> files) {
        for (String file : files) {
            int space = file.indexOf(' ', file.indexOf(' ') + 1);
            try {
                if (!describe(Path.of(file.substring(space + 1))).equals(file)) {
                    return false;
                }
            } catch (IOException gone) {
                return false;
            }
        }
        return true;
    }

    private static String describe(Path file) throws IOException {
        BasicFileAttributes facts = Files.readAttributes(file, BasicFileAttributes.class);
        return facts.size() + " " + facts.lastModifiedTime().toMillis() + " " + file;
    }

    private static DataPlatform find(Installation installation, CheckedFile memory) throws IOException {
        String libc = System.getProperty("os.name", "") + " " + System.getProperty("os.version", "");
        String icu = "";
        List<String> files = new ArrayList<>();
        for (Path library : libraries(installation.postgres())) {
            String name = library.getFileName().toString();
            Matcher icuVersion = ICU.matcher(name);
            if (name.startsWith("libc.so") || name.startsWith("libc-") || name.startsWith("ld-musl")) {
                libc = libc(library);
                files.add(describe(library));
            } else if (icuVersion.find()) {
                icu = icuVersion.group(1);
                files.add(describe(library));
            }
        }
        DataPlatform found = new DataPlatform(DataPlatform.hostArchitecture(), libc, icu);
        files.add(0, found.toString());
        memory.write(String.join("\n", files));
        return found;
    }

    /** Empty where there is no program that tells. What somebody else has installed is never looked into by root itself. */
    private static List<Path> libraries(Path program) throws IOException {
        List<Path> found = new ArrayList<>();
        String answer;
        try {
            answer = OwnFolders.isOwn(program)
                    ? ProgramOutput.of(Path.of("ldd"), program.toString())
                    : ProgramOutput.of(Path.of("ldd"), program.toString(), Account.forPostgres());
        } catch (IOException noSuchProgram) {
            return found;
        }
        Matcher library = LIBRARY.matcher(answer);
        while (library.find()) {
            // The real file's name has the whole version in it.
            found.add(Path.of(library.group(1)).toRealPath());
        }
        return found;
    }

    private static String libc(Path library) throws IOException {
        String content = Files.readString(library, StandardCharsets.ISO_8859_1);
        Matcher glibc = GLIBC.matcher(content);
        if (glibc.find()) {
            return "glibc " + glibc.group(1);
        }
        Account account = Account.forPostgres();
        if (!account.own() && !OwnFolders.isOwn(library)) {
            // What it says of itself is said by running it.
            return "musl";
        }
        String introduction;
        try {
            introduction = ProgramOutput.of(library, "--version", account);
        } catch (IOException exitsWithOne) {
            introduction = String.valueOf(exitsWithOne.getMessage());
        }
        Matcher musl = MUSL.matcher(introduction);
        return "musl" + (musl.find() ? " " + musl.group(1) : "");
    }
}

package dev.paddock.script;

/** Why a command to psql isn't followed. */
final class Refusals {
    private Refusals() {}

    static String why(String name) {
        return switch (name) {
            case "!" -> "runs a program";
            case "w", "write", "s" -> "writes a file";
            case "e", "edit", "ef", "ev" -> "opens an editor";
            case "prompt", "password" -> "asks whoever sits in front of psql";
            case "watch" -> "repeats a statement without end";
            case "getenv" -> "reads the environment of whoever runs the script";
            case "lo_import", "lo_export", "lo_unlink" -> "handles large objects, which Paddock leaves to psql";
            case "bind",
                    "bind_named",
                    "parse",
                    "close",
                    "close_prepared",
                    "startpipeline",
                    "endpipeline",
                    "sendpipeline",
                    "syncpipeline",
                    "flush",
                    "flushrequest",
                    "getresults" -> "speaks PostgreSQL's extended protocol, which Paddock leaves to psql";
            default -> "a command to psql that Paddock doesn't know";
        };
    }
}

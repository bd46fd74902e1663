package dev.paddock.model;

import java.util.List;

/** How it is found out that a service works. */
public sealed interface Readiness {

    /** As its image's own health check says; without one, when it has run for a moment. */
    record AsImageSays() implements Readiness {
        @Override
        public String toString() {
            return "its image's health check says so, or it runs for a moment";
        }
    }

    /** Something in its container listens there, for others than itself. */
    record Listens(int port) implements Readiness {
        public Listens {
            ServicePort.require(port);
        }

        @Override
        public String toString() {
            return "it listens on port " + port;
        }
    }

    /** A command in its container exits with 0. */
    record Succeeds(List<String> command) implements Readiness {
        public Succeeds {
            command = List.copyOf(command);
            if (command.isEmpty()) {
                throw new InvalidSpecException("a command that tells readiness is empty", "name a program");
            }
        }

        @Override
        public String toString() {
            return "this succeeds in it: " + String.join(" ", command);
        }
    }

    /** A line of its output contains this. */
    record Says(String text) implements Readiness {
        public Says {
            if (text.isBlank()) {
                throw new InvalidSpecException(
                        "the text to wait for in the log is empty",
                        "name some words of the line that says that it is ready, such as: accepting connections");
            }
        }

        @Override
        public String toString() {
            return "it says '" + text + "'";
        }
    }

    /** It answers a request for this path with a status below 400. */
    record Answers(int port, String path) implements Readiness {
        public Answers {
            ServicePort.require(port);
            if (!path.startsWith("/") || path.chars().anyMatch(letter -> letter <= ' ' || letter > '~')) {
                throw new InvalidSpecException(
                        "'" + path + "' is not the path of a request", "write it as 8080/health");
            }
        }

        @Override
        public String toString() {
            return "http://…:" + port + path + " answers with a status below 400";
        }
    }
}

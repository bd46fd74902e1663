package dev.paddock.wire;

import dev.paddock.model.Hint;
import dev.paddock.model.PaddockException;
import dev.paddock.model.Secret;
import dev.paddock.model.Term;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** The start of a connection: who is there, and the proof of it. */
final class Greeting {
    private static final int PROTOCOL_3 = 3 << 16;
    private static final int OK = 0;
    private static final int SASL = 10;
    private static final int SASL_CONTINUE = 11;
    private static final int SASL_FINAL = 12;

    private final WireStream stream;
    private final Login login;
    private final Optional<Secret> password;
    private Optional<ScramExchange> scram = Optional.empty();

    Greeting(WireStream stream, Login login, Optional<Secret> password) {
        this.stream = stream;
        this.login = login;
        this.password = password;
    }

    void introduce() throws IOException {
        WireStream startup = stream.begin((char) 0)
                .int32(PROTOCOL_3)
                .string("user")
                .string(login.user())
                .string("database")
                .string(login.database())
                .string("application_name")
                .string("paddock")
                // What is sent from strings is UTF-8, whatever the database's encoding; scripts say so if theirs isn't.
                .string("client_encoding")
                .string("UTF8");
        for (Map.Entry<String, String> setting : login.settings().entrySet()) {
            startup.string(setting.getKey()).string(setting.getValue());
        }
        startup.int8(0).end().flush();
    }

    /** Answers one authentication request, the message just entered. */
    void authenticate() throws IOException {
        int request = stream.int32();
        switch (request) {
            case OK -> {}
            case SASL -> {
                requireScram();
                ScramExchange exchange = ScramExchange.begin(password());
                scram = Optional.of(exchange);
                byte[] first = exchange.first();
                stream.begin('p')
                        .string(ScramExchange.MECHANISM)
                        .int32(first.length)
                        .bytes(first)
                        .end()
                        .flush();
            }
            case SASL_CONTINUE ->
                stream.begin('p')
                        .bytes(exchange().answer(stream.bytes(stream.unread())))
                        .end()
                        .flush();
            case SASL_FINAL -> exchange().verify(stream.bytes(stream.unread()));
            default ->
                throw new PaddockException(
                        "the server asks for a kind of login that Paddock doesn't know (number " + request + ")",
                        "let pg_hba.conf ask for scram-sha-256");
        }
    }

    private void requireScram() throws IOException {
        for (String offered = stream.string(StandardCharsets.US_ASCII);
                !offered.equals(ScramExchange.MECHANISM);
                offered = stream.string(StandardCharsets.US_ASCII)) {
            if (offered.isEmpty()) {
                throw new PaddockException("the server offers no login by SCRAM-SHA-256");
            }
        }
    }

    private ScramExchange exchange() {
        if (scram.isEmpty()) {
            throw new PaddockException("the server's SCRAM messages come in the wrong order");
        }
        return scram.get();
    }

    private Secret password() {
        if (password.isEmpty()) {
            throw new PaddockException(
                    "the server wants a password of user '" + login.user() + "'",
                    Hint.naming("give it with {}", Term.PASSWORD));
        }
        return password.get();
    }
}

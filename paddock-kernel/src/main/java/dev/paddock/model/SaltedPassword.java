package dev.paddock.model;

/**
 * What a login by SCRAM makes of a password before anything else, and what takes all of its time. As good as the password, to whoever
 * has it.
 *
 * @param salt in base64
 * @param key in base64
 */
public record SaltedPassword(int iterations, String salt, String key) {

    /** Whether it is what a server with this salt asks for. */
    public boolean isFor(String wantedSalt, int wantedIterations) {
        return iterations == wantedIterations && salt.equals(wantedSalt);
    }

    @Override
    public String toString() {
        return "********";
    }
}

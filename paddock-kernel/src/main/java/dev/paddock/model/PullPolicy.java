package dev.paddock.model;

/** When a registry is asked for an image. */
public enum PullPolicy {
    /** If the engine doesn't have it. */
    MISSING,
    /** Each time; what the engine has already isn't transferred again. */
    ALWAYS,
    NEVER
}

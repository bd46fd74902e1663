package dev.paddock.model;

/** What a server's settings are chosen for. */
public enum Tuning {
    /** Speed and a small footprint: nothing is synced to disk, for nothing of it is to survive a power cut. */
    THROWAWAY,
    /** PostgreSQL's own safe defaults: what was committed survives a power cut. */
    DURABLE
}

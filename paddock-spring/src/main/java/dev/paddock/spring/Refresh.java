package dev.paddock.spring;

/** When the database behind a context is exchanged for one as it was when the context had started. */
public enum Refresh {
    /** Never: what a test leaves behind is found by all that come after it in the same context. */
    NEVER,
    /** For each test class, so that its tests, with those of its nested classes, share what they do. */
    CLASS,
    /** For each test method; what {@code @BeforeAll} put in is gone then, what {@code @BeforeEach} puts in is there. */
    METHOD
}

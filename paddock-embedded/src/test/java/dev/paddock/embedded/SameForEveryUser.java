package dev.paddock.embedded;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** Tests of what doesn't depend on who runs the servers: a second pass, as another user, leaves them out. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@DisabledIfSystemProperty(
        named = "paddock.test.again",
        matches = "true",
        disabledReason = "it has passed as root, and is the same for every user")
@interface SameForEveryUser {}

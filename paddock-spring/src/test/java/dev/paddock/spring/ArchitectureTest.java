package dev.paddock.spring;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import dev.paddock.layout.PackageTable;
import dev.paddock.layout.ProductClasses;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The layout, held. */
final class ArchitectureTest {
    private static final JavaClasses CLASSES = ProductClasses.of("dev.paddock.spring");

    @Test
    void eachPackageSeesWhatTheDocumentationSays() throws IOException {
        PackageTable table = PackageTable.read();
        table.checkThatItIsComplete("paddock-spring");
        table.check(CLASSES);
    }

    /** Classes of Spring Boot move between its versions; one jar serves them all. */
    @Test
    void noClassOfSpringBootIsKnown() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.springframework.boot..", "org.springframework.jdbc..")
                .check(CLASSES);
    }
}

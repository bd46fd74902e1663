package dev.paddock.junit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import dev.paddock.layout.PackageTable;
import dev.paddock.layout.ProductClasses;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The layout, held. */
final class ArchitectureTest {
    private static final JavaClasses CLASSES = ProductClasses.of("dev.paddock");

    @Test
    void eachPackageSeesWhatTheDocumentationSays() throws IOException {
        PackageTable table = PackageTable.read();
        table.checkThatItIsComplete("paddock-junit");
        table.check(CLASSES);
    }

    @Test
    void nobodyElseSeesJUnit() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.paddock.junit..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.junit..", "org.opentest4j..", "dev.paddock.junit..")
                .check(CLASSES);
    }

    @Test
    void nothingIsKeptInStaticFields() {
        fields().that()
                .areDeclaredInClassesThat()
                .resideInAPackage("dev.paddock.junit..")
                .and()
                .areStatic()
                .should()
                .beFinal()
                .check(CLASSES);
    }

    @Test
    void nobodyPrints() {
        com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(CLASSES);
    }
}

package dev.paddock.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import dev.paddock.layout.PackageTable;
import dev.paddock.layout.ProductClasses;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The layout, held. */
final class ArchitectureTest {
    private static final JavaClasses CLASSES = ProductClasses.of("dev.paddock");

    @Test
    void onlyTheCommandLinePrints() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.paddock.cli..")
                .should(ACCESS_STANDARD_STREAMS)
                .check(CLASSES);
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.paddock.cli.terminal")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.io.FileDescriptor")
                .check(CLASSES);
    }

    @Test
    void onlyTheCommandLineKnowsItsLibraries() {
        noClasses()
                .that()
                // The clients of Docker Engines and of registries bring Jackson along; configurations are read with it.
                .resideOutsideOfPackages("dev.paddock.cli..", "dev.paddock.docker..", "dev.paddock.oci..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("picocli..", "com.fasterxml.jackson..")
                .check(CLASSES);
    }

    @Test
    void eachPackageSeesWhatTheDocumentationSays() throws IOException {
        PackageTable table = PackageTable.read();
        table.checkThatItIsComplete("paddock-cli", "paddock-stack");
        table.check(CLASSES);
    }

    @Test
    void packagesFormNoCycle() {
        slices().matching("dev.paddock.cli.(*)").should().beFreeOfCycles().check(CLASSES);
    }
}

package dev.paddock.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import dev.paddock.layout.PackageTable;
import java.io.IOException;

@AnalyzeClasses(packages = "dev.paddock", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    void onlyTheCommandLinePrints(JavaClasses classes) {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.paddock.cli..")
                .should(ACCESS_STANDARD_STREAMS)
                .check(classes);
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.paddock.cli.terminal")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.io.FileDescriptor")
                .check(classes);
    }

    @ArchTest
    void onlyTheCommandLineKnowsItsLibraries(JavaClasses classes) {
        noClasses()
                .that()
                // The clients of Docker Engines and of registries bring Jackson along; configurations are read with it.
                .resideOutsideOfPackages("dev.paddock.cli..", "dev.paddock.docker..", "dev.paddock.oci..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("picocli..", "com.fasterxml.jackson..")
                .check(classes);
    }

    @ArchTest
    void eachPackageSeesWhatTheDocumentationSays(JavaClasses classes) throws IOException {
        PackageTable table = PackageTable.read();
        table.checkThatItIsComplete("paddock-cli", "paddock-stack");
        table.check(classes);
    }

    @ArchTest
    void packagesFormNoCycle(JavaClasses classes) {
        slices().matching("dev.paddock.cli.(*)").should().beFreeOfCycles().check(classes);
    }
}

package dev.paddock.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;

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
    void commandsKnowNoEngine(JavaClasses classes) {
        noClasses()
                .that()
                .resideInAPackage("dev.paddock.cli..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.paddock.embedded..", "dev.paddock.fetch..")
                .check(classes);
    }

    @ArchTest
    void packagesFormNoCycle(JavaClasses classes) {
        slices().matching("dev.paddock.cli.(*)").should().beFreeOfCycles().check(classes);
    }
}

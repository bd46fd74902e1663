package dev.paddock.docker;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The layout of this engine and of what it is made of, held. */
final class ArchitectureTest {
    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("dev.paddock");

    @Test
    void nothingElseKnowsTheClientOfTheEngine() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.paddock.docker..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.github.dockerjava..")
                .check(classes);
    }

    @Test
    void theCoreKnowsNoEngineAndEnginesNoOther() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.paddock.docker..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.paddock.docker..")
                .check(classes);
        noClasses()
                .that()
                .resideInAPackage("dev.paddock.docker..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.paddock.embedded..", "dev.paddock.cli..", "dev.paddock.junit..")
                .check(classes);
    }

    @Test
    void eachPackageKnowsThoseBelowItAlone() {
        layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage("dev.paddock.docker..")
                .layer("engine")
                .definedBy("dev.paddock.docker")
                .layer("service")
                .definedBy("dev.paddock.docker.service")
                .layer("server")
                .definedBy("dev.paddock.docker.server")
                .layer("data")
                .definedBy("dev.paddock.docker.data")
                .layer("image")
                .definedBy("dev.paddock.docker.image")
                .layer("container")
                .definedBy("dev.paddock.docker.container")
                .whereLayer("engine")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("service")
                .mayOnlyBeAccessedByLayers("engine")
                .whereLayer("server")
                .mayOnlyBeAccessedByLayers("engine", "service")
                .whereLayer("data")
                .mayOnlyBeAccessedByLayers("engine", "service", "server")
                .whereLayer("image")
                .mayOnlyBeAccessedByLayers("engine", "service", "server", "data")
                .check(classes);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("dev.paddock.docker.(*)..").should().beFreeOfCycles().check(classes);
        slices().matching("dev.paddock.oci.(*)..").should().beFreeOfCycles().check(classes);
    }

    @Test
    void onlyWhatIsBuiltFromPackagesNeedsAProgramOfTheMachine() {
        noClasses()
                .that()
                .resideInAnyPackage("dev.paddock.docker..", "dev.paddock.oci..")
                .and()
                .resideOutsideOfPackage("dev.paddock.docker.build..")
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(ProcessBuilder.class)
                .check(classes);
    }

    @Test
    void onlyTheDeadlineWaits() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("dev.paddock.time.Deadline")
                .should()
                .callMethod(Thread.class, "sleep", long.class)
                .check(classes);
    }
}

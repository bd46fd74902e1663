package dev.paddock.embedded;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import dev.paddock.layout.PackageTable;
import dev.paddock.layout.ProductClasses;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The layout of what is below this engine and of the engine itself, held. */
final class ArchitectureTest {
    private final JavaClasses classes = ProductClasses.of("dev.paddock");

    @Test
    void eachPackageSeesWhatTheDocumentationSays() throws IOException {
        PackageTable table = PackageTable.read();
        table.checkThatItIsComplete(
                "paddock-kernel", "paddock-data", "paddock-api", "paddock-fetch", "paddock-embedded");
        table.check(classes);
    }

    @Test
    void theModelKnowsOnlyTheJdk() {
        noClasses()
                .that()
                .resideInAPackage("dev.paddock.model..")
                .should()
                .dependOnClassesThat()
                .resideOutsideOfPackages("dev.paddock.model..", "java..", "org.jspecify..")
                .check(classes);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("dev.paddock.(*)..").should().beFreeOfCycles().check(classes);
        slices().matching("dev.paddock.embedded.(*)..")
                .should()
                .beFreeOfCycles()
                .check(classes);
    }

    @Test
    void onlyTheEmbeddedEngineStartsProcessesThatOutliveACall() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.paddock.embedded..")
                // These wait for a program of the system's to end: one that turns an archive into the script that it
                // stands for, one
                // that copies, one that writes out a disk, one that looks at many files.
                .and()
                .doNotHaveFullyQualifiedName("dev.paddock.script.RestoredStream")
                .and()
                .doNotHaveFullyQualifiedName("dev.paddock.postgres.DataCopy")
                .and()
                .doNotHaveFullyQualifiedName("dev.paddock.home.FileSystemSync")
                .and()
                .doNotHaveFullyQualifiedName("dev.paddock.home.Listing")
                .and()
                .doNotHaveFullyQualifiedName("dev.paddock.home.SignOfLife")
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(ProcessBuilder.class)
                .orShould()
                .callMethod(Runtime.class, "exec", String[].class)
                .orShould()
                .callMethod(Runtime.class, "exec", String.class)
                .check(classes);
    }

    @Test
    void onlyMigrationsKnowTheirTools() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.paddock.migration..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.flywaydb..", "liquibase..")
                .check(classes);
    }

    @Test
    void nobodyPrints() {
        com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(classes);
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

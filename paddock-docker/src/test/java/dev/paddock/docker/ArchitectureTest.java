package dev.paddock.docker;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import dev.paddock.layout.PackageTable;
import dev.paddock.layout.ProductClasses;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The layout of this engine and of what it is made of, held. */
final class ArchitectureTest {
    private final JavaClasses classes = ProductClasses.of("dev.paddock");

    @Test
    void eachPackageSeesWhatTheDocumentationSays() throws IOException {
        PackageTable table = PackageTable.read();
        table.checkThatItIsComplete("paddock-docker", "paddock-oci");
        table.check(classes);
    }

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

package dev.paddock.junit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The layout, held. */
final class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.paddock");

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
    void noEngineIsNamed() {
        noClasses()
                .that()
                .resideInAPackage("dev.paddock.junit..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.paddock.embedded..", "dev.paddock.fetch..")
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

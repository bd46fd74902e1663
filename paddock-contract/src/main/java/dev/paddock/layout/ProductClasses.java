package dev.paddock.layout;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

/** The classes that users get: no tests, and none of the contract that engines pass. */
public final class ProductClasses {
    private ProductClasses() {}

    /** Those of them that are on the class path, from {@code dev.paddock} or a package below. */
    public static JavaClasses of(String packageName) {
        return new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .withImportOption(place -> !place.contains("-tests.jar") && !place.contains("paddock-contract"))
                .importPackages(packageName);
    }
}

package dev.paddock.fetch.maven;

import java.util.List;
import org.apache.maven.model.Repository;
import org.apache.maven.model.building.DefaultModelProcessor;
import org.apache.maven.model.io.DefaultModelReader;
import org.apache.maven.model.locator.DefaultModelLocator;
import org.apache.maven.model.superpom.DefaultSuperPomProvider;

/** The repository that Maven itself asks when nobody says otherwise; read from Maven, so that no host is written here. */
final class DefaultRepository {
    private DefaultRepository() {}

    static List<Repository> ofMaven() {
        DefaultModelProcessor processor = new DefaultModelProcessor();
        processor.setModelReader(new DefaultModelReader());
        processor.setModelLocator(new DefaultModelLocator());
        return new DefaultSuperPomProvider()
                .setModelProcessor(processor)
                .getSuperModel("4.0.0")
                .getRepositories();
    }
}

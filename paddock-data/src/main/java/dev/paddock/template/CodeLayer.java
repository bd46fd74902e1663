package dev.paddock.template;

import dev.paddock.model.PaddockException;
import java.sql.SQLException;

/** Code of the user's, which alone knows when it changes. */
record CodeLayer(String name, LayerCode code) implements Layer {

    @Override
    public String key() {
        return "code\n" + name;
    }

    @Override
    public String description() {
        return "code '" + name + "'";
    }

    @Override
    public void apply(LayerTarget target) {
        try {
            code.run(target.database().dataSource());
        } catch (SQLException failure) {
            throw new PaddockException(
                    "the code '" + name + "' that fills the template failed: " + failure.getMessage(), failure);
        }
    }
}

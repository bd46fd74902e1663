package dev.paddock.template;

import dev.paddock.migration.Migrations;

/** Migrations, whoever carries them out. */
record MigrationsLayer(Migrations migrations) implements Layer {

    @Override
    public String key() {
        return "migrations\n" + migrations.digest();
    }

    @Override
    public String changesByOthers() {
        return migrations.changesByOthers();
    }

    @Override
    public String description() {
        return "migrations in " + migrations.location().text();
    }

    @Override
    public void apply(LayerTarget target) {
        migrations.run(target.database(), target.scripts(), target.progress());
    }
}

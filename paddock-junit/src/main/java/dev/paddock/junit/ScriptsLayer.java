package dev.paddock.junit;

import dev.paddock.content.Content;
import dev.paddock.content.ContentDigest;
import dev.paddock.content.Location;
import dev.paddock.script.InitScripts;
import dev.paddock.template.Layer;
import dev.paddock.template.LayerTarget;

/** Scripts and dumps that may be on the class path too, since that is where tests have their resources. */
record ScriptsLayer(Location location, ClassLoader resources) implements Layer {

    @Override
    public String key() {
        try (Content content = Content.open(location, resources)) {
            return new ContentDigest()
                    .add("scripts 1")
                    .add(content.files())
                    .addRead(InitScripts.readBy(content.roots()))
                    .toHex();
        }
    }

    @Override
    public String description() {
        return "scripts " + location.text();
    }

    @Override
    public void apply(LayerTarget target) {
        try (Content content = Content.open(location, resources)) {
            InitScripts.runForTemplate(content.roots(), target.scripts(), target.progress());
        }
    }
}

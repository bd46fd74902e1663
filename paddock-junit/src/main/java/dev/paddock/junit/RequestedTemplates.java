package dev.paddock.junit;

import dev.paddock.content.Location;
import dev.paddock.model.ContainerSpec;
import dev.paddock.model.InvalidSpecException;
import dev.paddock.model.PostgresSource;
import dev.paddock.model.ServerSpec;
import dev.paddock.template.Layer;
import dev.paddock.template.TemplateSpec;
import java.lang.reflect.Constructor;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The templates that requests mean, the same one for the same content. Thread-safe. */
final class RequestedTemplates {
    private final RunSettings.Defaults defaults;
    private final Map<Key, TemplateSpec> known = new ConcurrentHashMap<>();
    /** One object per class, so that templates with the same code are equal. */
    private final Map<Class<? extends Layer>, Layer> code = new ConcurrentHashMap<>();

    RequestedTemplates(RunSettings.Defaults defaults) {
        this.defaults = defaults;
    }

    private record Key(Request.Content content, ClassLoader resources) {}

    /** @param resources where {@code classpath:} looks */
    TemplateSpec get(Request.Content content, ClassLoader resources) {
        return known.computeIfAbsent(new Key(content, resources), this::read);
    }

    private TemplateSpec read(Key key) {
        Request.Content content = key.content();
        TemplateSpec template = TemplateSpec.of(server(content));
        for (String location : orElse(content.migrations(), defaults.migrations())) {
            template = template.with(Layer.migrations(location, key.resources()));
        }
        for (String location : orElse(content.scripts(), defaults.scripts())) {
            template = template.with(new ScriptsLayer(Location.parse(location), key.resources()));
        }
        for (Class<? extends Layer> type : content.layers()) {
            template = template.with(code.computeIfAbsent(type, RequestedTemplates::instance));
        }
        return template;
    }

    private ServerSpec server(Request.Content content) {
        ServerSpec server = ServerSpec.create();
        if (!content.snapshot().isEmpty()) {
            server = server.withSnapshot(content.snapshot());
        }
        if (!content.postgres().isEmpty()) {
            server = server.withPostgres(PostgresSource.parse(content.postgres()));
        } else if (content.snapshot().isEmpty() && defaults.postgres().isPresent()) {
            server =
                    server.withPostgres(PostgresSource.parse(defaults.postgres().get()));
        }
        String image = content.image().isEmpty() ? defaults.image().orElse("") : content.image();
        if (!image.isEmpty()) {
            server = server.withContainer(ContainerSpec.DEFAULT.withImage(image));
        }
        for (String setting : content.settings()) {
            int sign = setting.indexOf('=');
            if (sign < 1) {
                throw new InvalidSpecException("'" + setting + "' is not a setting", "write it as work_mem=64MB");
            }
            server = server.withSetting(
                    setting.substring(0, sign).strip(),
                    setting.substring(sign + 1).strip());
        }
        List<Path> extensions = orElse(content.extensions(), defaults.extensions()).stream()
                .map(folder -> Path.of(folder).toAbsolutePath())
                .toList();
        return extensions.isEmpty() ? server : server.withExtensions(extensions);
    }

    /** One empty name says that there is nothing, whatever the settings say. */
    private static List<String> orElse(List<String> asked, List<String> otherwise) {
        List<String> chosen = asked.isEmpty() ? otherwise : asked;
        return chosen.stream().filter(each -> !each.isBlank()).toList();
    }

    private static Layer instance(Class<? extends Layer> type) {
        try {
            Constructor<? extends Layer> constructor = type.getDeclaredConstructor();
            constructor.setAccessible(true);
            return constructor.newInstance();
        } catch (ReflectiveOperationException failure) {
            throw new InvalidSpecException(
                    "the layer " + type.getName() + " can't be made: " + failure,
                    "give it a constructor without parameters, and make it static if it is within another class");
        }
    }
}

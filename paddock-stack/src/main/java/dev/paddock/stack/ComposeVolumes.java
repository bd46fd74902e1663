package dev.paddock.stack;

import dev.paddock.model.Mount;
import dev.paddock.model.ServiceSpec;
import dev.paddock.model.StackSpec;
import dev.paddock.model.Storage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The volumes of a stack as Compose has them: named once for all who mount them. */
record ComposeVolumes(StackSpec stack) {

    /** @param remarks gets what is to be thought of */
    Map<String, Object> describe(List<String> remarks) {
        Map<String, Map<String, Object>> volumes = new LinkedHashMap<>();
        if (ComposePostgres.keepsData(stack.postgres())) {
            Map<String, Object> own = volumes.computeIfAbsent(ComposePostgres.VOLUME, name -> new LinkedHashMap<>());
            if (stack.postgres().storage() instanceof Storage.InVolume volume) {
                say(own, volume.driver(), volume.options(), volume.labels());
                if (!volume.options().isEmpty()) {
                    remarks.add("what Compose's volume " + ComposePostgres.VOLUME + " has in driver_opts is what "
                            + volume.name() + " has: where that names a place, name another one");
                }
            }
        }
        Stream.concat(
                        Stream.of(stack.postgres().container()),
                        stack.services().stream().map(ServiceSpec::container))
                .flatMap(container -> container.mounts().stream())
                .forEach(mount -> {
                    if (mount instanceof Mount.Volume volume) {
                        Map<String, Object> named =
                                volumes.computeIfAbsent(volume.name(), name -> new LinkedHashMap<>());
                        // Paddock's volumes are called what they are called; Compose would put the project's name
                        // before.
                        named.put("name", volume.name());
                        say(named, volume.driver(), volume.options(), volume.labels());
                    }
                });
        return new LinkedHashMap<>(volumes);
    }

    private static void say(
            Map<String, Object> volume,
            Optional<String> driver,
            Map<String, String> options,
            Map<String, String> labels) {
        driver.ifPresent(name -> volume.put("driver", name));
        if (!options.isEmpty()) {
            volume.put("driver_opts", new TreeMap<>(options));
        }
        if (!labels.isEmpty()) {
            volume.put("labels", new TreeMap<>(labels));
        }
    }
}

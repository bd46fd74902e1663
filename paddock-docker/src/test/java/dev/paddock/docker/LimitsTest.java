package dev.paddock.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.PostgresServer;
import dev.paddock.docker.container.ControlGroup;
import dev.paddock.model.ByteSize;
import dev.paddock.model.InvalidSpecException;
import dev.paddock.model.PaddockException;
import dev.paddock.model.ResourceLimits;
import dev.paddock.model.ResourceLimits.IoRate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** What a container may use: in force in its control group, or refused. */
final class LimitsTest extends OnDocker {
    private static final Optional<ByteSize> MEMORY = Optional.of(ByteSize.ofMegabytes(256));

    private PostgresServer start(ResourceLimits limits) {
        return paddock.start(spec(container -> container.withLimits(limits)));
    }

    private String group(PostgresServer server, String file) {
        return String.valueOf(
                ControlGroup.of(containers(), server.identity()).files().get(file));
    }

    private static boolean hasVersion2() {
        return Files.exists(Path.of("/sys/fs/cgroup/cgroup.controllers"));
    }

    private static ResourceLimits memory(OptionalLong swap, OptionalInt swappiness) {
        return new ResourceLimits(
                MEMORY,
                swap,
                swappiness,
                Optional.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                List.of(),
                OptionalLong.empty());
    }

    private static ResourceLimits other(
            Optional<Double> cpus, OptionalInt shares, OptionalInt ioWeight, List<IoRate> rates, OptionalLong most) {
        return new ResourceLimits(
                Optional.empty(), OptionalLong.empty(), OptionalInt.empty(), cpus, shares, ioWeight, rates, most);
    }

    @Test
    void memoryIsLimited() {
        try (PostgresServer server = start(memory(OptionalLong.empty(), OptionalInt.empty()))) {
            assertThat(group(server, hasVersion2() ? "memory.max" : "memory.limit_in_bytes"))
                    .isEqualTo(Long.toString(256L << 20));
        }
    }

    @Test
    void swapIsLimitedBesidesMemory() {
        try (PostgresServer server = start(memory(OptionalLong.of(64 << 20), OptionalInt.empty()))) {
            assertThat(group(server, hasVersion2() ? "memory.swap.max" : "memory.memsw.limit_in_bytes"))
                    .isEqualTo(Long.toString(hasVersion2() ? 64L << 20 : 320L << 20));
        }
    }

    @Test
    void swappinessIsSetWhereTheKernelHasItPerContainer() {
        ResourceLimits limits = memory(OptionalLong.empty(), OptionalInt.of(10));
        if (hasVersion2()) {
            assertThatThrownBy(() -> start(limits)).hasMessageContaining("swappiness");
            return;
        }
        try (PostgresServer server = start(limits)) {
            assertThat(group(server, "memory.swappiness")).isEqualTo("10");
        }
    }

    @Test
    void processorsAreLimited() {
        try (PostgresServer server = start(
                other(Optional.of(0.5), OptionalInt.empty(), OptionalInt.empty(), List.of(), OptionalLong.empty()))) {
            assertThat(hasVersion2() ? group(server, "cpu.max") : group(server, "cpu.cfs_quota_us"))
                    .startsWith("50000");
        }
    }

    @Test
    void sharesOfProcessorsAreWeighed() {
        try (PostgresServer server = start(
                other(Optional.empty(), OptionalInt.of(512), OptionalInt.empty(), List.of(), OptionalLong.empty()))) {
            assertThat(hasVersion2() ? group(server, "cpu.weight") : group(server, "cpu.shares"))
                    .isIn(hasVersion2() ? List.of("20", "59") : List.of("512"));
        }
    }

    @Test
    void theNumberOfProcessesIsLimited() {
        try (PostgresServer server = start(
                other(Optional.empty(), OptionalInt.empty(), OptionalInt.empty(), List.of(), OptionalLong.of(100)))) {
            assertThat(group(server, "pids.max")).isEqualTo("100");
        }
    }

    @Test
    void ratesOfABlockDeviceAreLimited() throws IOException {
        String device = blockDevice();
        List<IoRate> rates = Stream.of(IoRate.Direction.values())
                .flatMap(direction -> Stream.of(IoRate.Unit.values())
                        .map(unit -> new IoRate(device, direction, unit, unit == IoRate.Unit.BYTES ? 50L << 20 : 5000)))
                .toList();
        try (PostgresServer server =
                start(other(Optional.empty(), OptionalInt.empty(), OptionalInt.empty(), rates, OptionalLong.empty()))) {
            String all =
                    ControlGroup.of(containers(), server.identity()).files().toString();
            assertThat(all).contains(Long.toString(50L << 20)).contains("5000");
        }
    }

    private static String blockDevice() throws IOException {
        try (Stream<Path> devices = Files.list(Path.of("/sys/block"))) {
            Optional<Path> disk = devices.map(
                            each -> Path.of("/dev", each.getFileName().toString()))
                    .filter(each -> each.toString().matches("/dev/(vd|sd|nvme|xvd).*"))
                    .filter(Files::exists)
                    .findFirst();
            Assumptions.assumeTrue(disk.isPresent(), "this machine has no disk");
            return disk.orElseThrow().toString();
        }
    }

    @Test
    void aWeightOfBlockDevicesIsInForceOrRefusedWithTheReason() {
        ResourceLimits limits =
                other(Optional.empty(), OptionalInt.empty(), OptionalInt.of(300), List.of(), OptionalLong.empty());
        try (PostgresServer server = start(limits)) {
            String group =
                    ControlGroup.of(containers(), server.identity()).files().toString();
            assertThat(group).containsPattern("weight=(default )?(300|2930)\\b");
        } catch (PaddockException refused) {
            assertThat(refused)
                    .hasMessageContaining(
                            "doesn't apply the limit of block-I/O weight (300 is wanted;" + " its control group has");
        }
    }

    @Test
    void aDeviceThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> start(other(
                        Optional.empty(),
                        OptionalInt.empty(),
                        OptionalInt.empty(),
                        List.of(new IoRate("/dev/nosuchdisk", IoRate.Direction.READ, IoRate.Unit.BYTES, 1 << 20)),
                        OptionalLong.empty())))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("no block device /dev/nosuchdisk");
        assertThatThrownBy(() -> start(other(
                        Optional.empty(),
                        OptionalInt.empty(),
                        OptionalInt.empty(),
                        List.of(new IoRate("/dev/null", IoRate.Direction.READ, IoRate.Unit.BYTES, 1 << 20)),
                        OptionalLong.empty())))
                .as("what is no disk")
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("no block device /dev/null");
    }

    @Test
    void tooLittleMemoryIsToldInTheEnginesWords() {
        ResourceLimits limits = new ResourceLimits(
                Optional.of(ByteSize.ofMegabytes(1)),
                OptionalLong.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                List.of(),
                OptionalLong.empty());
        assertThatThrownBy(() -> start(limits))
                .isInstanceOf(PaddockException.class)
                .hasMessageContaining("inimum memory limit");
    }
}

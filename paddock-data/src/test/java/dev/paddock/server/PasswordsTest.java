package dev.paddock.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.model.Secret;
import dev.paddock.model.ServerSpec;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PasswordsTest {
    private static final long UNTIL_ONE_IS_AHEAD = TimeUnit.MILLISECONDS.toNanos(120);

    private final Passwords passwords = new Passwords();

    @Test
    void noTwoServersGetTheSame() {
        Set<String> given = ConcurrentHashMap.newKeySet();
        for (int round = 0; round < 4; round++) {
            List<Thread> starts = IntStream.range(0, 4)
                    .mapToObj(number -> new Thread(() -> {
                        given.add(passwords.begin(ServerSpec.create()).await().value());
                        passwords.prepareNext();
                    }))
                    .toList();
            starts.forEach(Thread::start);
            starts.forEach(PasswordsTest::join);
            LockSupport.parkNanos(UNTIL_ONE_IS_AHEAD);
        }
        assertThat(given).hasSize(16);
    }

    @Test
    void oneThatTheUserSetsIsNotReplacedByOneThatIsAhead() {
        for (int round = 0; round < 3; round++) {
            passwords.begin(ServerSpec.create()).await();
            passwords.prepareNext();
            LockSupport.parkNanos(UNTIL_ONE_IS_AHEAD);
        }
        Secret mine = passwords.begin(ServerSpec.create().withPassword("mine")).await();
        assertThat(mine.value()).isEqualTo("mine");
        assertThat(mine.salted()).isPresent();
    }

    private static void join(Thread thread) {
        try {
            thread.join(TimeUnit.SECONDS.toMillis(30));
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }
}

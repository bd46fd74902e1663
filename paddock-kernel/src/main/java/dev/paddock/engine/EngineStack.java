package dev.paddock.engine;

import dev.paddock.model.ServerSpec;
import dev.paddock.model.ServiceSpec;
import java.util.Map;

/**
 * A private network with services on it. Thread-safe. Closing it ends the services and removes the network; whoever opened it closes it, after
 * the server on it.
 */
public interface EngineStack extends AutoCloseable {

    /** What finds it again from another process. */
    String id();

    /** The same server on this network, where it is called {@link ServiceSpec#POSTGRES} and listens on its usual port. */
    ServerSpec joinedBy(ServerSpec server);

    /**
     * Starts a service and waits until it is ready. If it begins with data that nobody has made yet, makes that.
     *
     * @param postgres the server that is on the network
     * @param secrets their content, by name
     * @throws dev.paddock.model.PaddockException with the reason and its last lines; nothing of the service is left then
     */
    EngineService start(ServiceSpec service, EngineServer postgres, Map<String, String> secrets);

    /** Lets all that was started so far live on without this process. */
    void detach();

    @Override
    void close();
}

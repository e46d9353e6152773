package org.posthorn.container;

import fish.payara.arquillian.container.payara.managed.PayaraMicroDeployableContainer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.jboss.arquillian.container.spi.client.container.DeployableContainer;
import org.jboss.arquillian.container.spi.client.container.DeploymentException;
import org.jboss.arquillian.container.spi.client.protocol.metadata.HTTPContext;
import org.jboss.arquillian.container.spi.client.protocol.metadata.ProtocolMetaData;
import org.jboss.arquillian.container.spi.client.protocol.metadata.Servlet;
import org.jboss.arquillian.core.spi.LoadableExtension;
import org.jboss.shrinkwrap.api.Archive;
import org.posthorn.testing.Eventually;

/**
 * Keeps the first test class's deployment for all others: a start of the server for each class would take most of the
 * tests' time. Every class deploys the same archive ({@link Deployments}), so the first one serves.
 */
public final class SharedContainer implements LoadableExtension {

    @Override
    public void register(ExtensionBuilder builder) {
        builder.override(DeployableContainer.class, PayaraMicroDeployableContainer.class, OnceDeployed.class);
    }

    /** Ends with the tests' JVM: the parent has a shutdown hook for that. */
    public static final class OnceDeployed extends PayaraMicroDeployableContainer {

        /** Arquillian's own servlet, which it adds to what is deployed. */
        private static final String RUNNER = "ArquillianServletRunnerEE9";

        private ProtocolMetaData deployed;

        @Override
        public ProtocolMetaData deploy(Archive<?> archive) throws DeploymentException {
            if (deployed == null) {
                deployed = onLoopback(super.deploy(archive));
                awaitReady(deployed.getContexts(HTTPContext.class)
                        .iterator()
                        .next()
                        .getPort());
            }
            return deployed;
        }

        /** Payara names the outer interface, where this server doesn't listen. */
        private static ProtocolMetaData onLoopback(ProtocolMetaData found) {
            ProtocolMetaData changed = new ProtocolMetaData();
            for (HTTPContext context : found.getContexts(HTTPContext.class)) {
                HTTPContext loopback = new HTTPContext("127.0.0.1", context.getPort());
                context.getServlets().forEach(loopback::add);
                // Payara's list of servlets is read from its log, sometimes while it is being written.
                if (loopback.getServletByName(RUNNER) == null) {
                    loopback.add(new Servlet(RUNNER, "/posthorn-tests"));
                }
                changed.addContext(loopback);
            }
            return changed;
        }

        /** The node begins its work after its deployment; tests begin when it has. */
        private static void awaitReady(int port) throws DeploymentException {
            URI ready = URI.create("http://127.0.0.1:" + port + "/posthorn-tests/health/ready");
            HttpClient http = HttpClient.newHttpClient();
            boolean isReady = Eventually.holds(
                    Duration.ofMinutes(2),
                    () -> http.send(HttpRequest.newBuilder(ready).build(), HttpResponse.BodyHandlers.discarding())
                                    .statusCode()
                            == 200);
            if (!isReady) {
                throw new DeploymentException("not ready at " + ready);
            }
        }

        @Override
        public void undeploy(Archive<?> archive) {
            // the next test class uses it
        }
    }
}

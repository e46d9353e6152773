package org.posthorn.delivery.smtp;

import jakarta.mail.Provider;

/**
 * Makes {@link PipeliningTransport} known to Jakarta Mail as the transport of the protocol {@code posthorn}. Found by
 * {@link java.util.ServiceLoader} where the session's class loader sees this class; in a container whose sessions don't,
 * {@code session.setProvider(new PipeliningProvider())} does it.
 */
public final class PipeliningProvider extends Provider {

    public static final String PROTOCOL = "posthorn";

    public PipeliningProvider() {
        super(Type.TRANSPORT, PROTOCOL, PipeliningTransport.class.getName(), "Posthorn", null);
    }
}

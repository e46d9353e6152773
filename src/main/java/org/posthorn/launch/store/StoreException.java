package org.posthorn.launch.store;

/** It cannot be done as asked; the message is for the administrator, and nothing was changed. */
final class StoreException extends RuntimeException {

    private static final long serialVersionUID = 1;

    StoreException(String message) {
        super(message);
    }

    StoreException(String message, Throwable cause) {
        super(message + ": " + root(cause), cause);
    }

    private static String root(Throwable error) {
        Throwable root = error;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage()).lines().findFirst().orElse(root.toString());
    }
}

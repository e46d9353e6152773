package org.posthorn.api.wire;

/** A request that cannot be met: its status and why, in words for whoever sent it. */
public class Refusal extends RuntimeException {

    private final int status;

    /** @param status 400 to 599; @param description without secrets and without class names */
    public Refusal(int status, String description) {
        super(description, null, false, false);
        this.status = status;
    }

    public static Refusal badRequest(String description) {
        return new Refusal(400, description);
    }

    public static Refusal notFound() {
        return new Refusal(404, "404 Not Found");
    }

    public static Refusal conflict(String description) {
        return new Refusal(409, description);
    }

    public int status() {
        return status;
    }

    public String description() {
        return getMessage();
    }
}

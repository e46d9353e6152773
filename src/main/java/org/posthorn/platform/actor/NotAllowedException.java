package org.posthorn.platform.actor;

/** Who acts lacks the right. */
public class NotAllowedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient Right right;

    public NotAllowedException(Actor actor, Right right) {
        super(actor.name() + " may not do this: it takes the right " + right);
        this.right = right;
    }

    public Right right() {
        return right;
    }
}

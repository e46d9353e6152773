package org.posthorn.delivery.copy;

import org.posthorn.delivery.smtp.MessageCopy;

/** The copies of one cooked message. For any number of threads. */
public interface Copies {

    /** @return the copy that is the same for all */
    MessageCopy shared();
}

package org.posthorn.platform.actor;

/** Knows what people may do on single lists, by their roles. */
public interface ListRights {

    /**
     * @param actor without the right everywhere
     * @param right one that is for a list
     * @return false too where there is no such list
     */
    boolean has(Actor actor, Right right, long listId);
}

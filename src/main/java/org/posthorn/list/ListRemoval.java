package org.posthorn.list;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.util.function.Consumer;

/** The one way by which a list goes, be it alone or with its domain. */
@ApplicationScoped
public class ListRemoval {

    private ListRepository lists;
    private Consumer<ListBeingDeleted> observers;

    protected ListRemoval() {}

    @Inject
    public ListRemoval(ListRepository lists, Event<ListBeingDeleted> observers) {
        this(lists, (Consumer<ListBeingDeleted>) observers::fire);
    }

    ListRemoval(ListRepository lists, Consumer<ListBeingDeleted> observers) {
        this.lists = lists;
        this.observers = observers;
    }

    /** Tells the observers, then removes the list, in the caller's transaction. */
    void remove(MailingList list) {
        observers.accept(new ListBeingDeleted(list.getId()));
        lists.remove(list);
    }
}

package org.posthorn.list.subscription;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import org.posthorn.list.Users;

/** Removes the requests whose time is over, and the strangers' addresses that were made for them. */
@ApplicationScoped
public class ExpiredRequests {

    private PendingRequests requests;
    private Users users;

    protected ExpiredRequests() {}

    @Inject
    public ExpiredRequests(PendingRequests requests, Users users) {
        this.requests = requests;
        this.users = users;
    }

    /** @param most how many at the most; @return how many there were */
    @Transactional
    public int remove(int most) {
        List<PendingRequest> past = requests.expired(most);
        for (PendingRequest request : past) {
            if (requests.remove(request) && request.madeAddress()) {
                users.forgetStranger(request.email());
            }
        }
        return past.size();
    }
}

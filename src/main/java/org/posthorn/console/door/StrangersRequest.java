package org.posthorn.console.door;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpSession;

/**
 * The request of somebody who has no session and is to get none by looking at a page: the component library begins one with
 * each, and anybody could fill the memory and the data grid with them. What asks for a session gets one that ends with
 * the request.
 */
final class StrangersRequest extends HttpServletRequestWrapper {

    private PassingSession session;

    private StrangersRequest(HttpServletRequest request) {
        super(request);
    }

    /** @return the request itself, where it has a session */
    static HttpServletRequest of(HttpServletRequest request) {
        return request.getSession(false) == null ? new StrangersRequest(request) : request;
    }

    @Override
    public HttpSession getSession() {
        return getSession(true);
    }

    @Override
    public HttpSession getSession(boolean create) {
        if (session == null && create) {
            session = new PassingSession(getServletContext());
        }
        return session;
    }
}

package org.posthorn.console.frame;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import org.posthorn.console.door.ConsoleDoor;

/** What the error page says: {@code 403}, {@code 404} or {@code 500}. */
@Named
@RequestScoped
public class ErrorView {

    @Inject
    private HttpServletRequest request;

    public String getStatus() {
        return request.getAttribute(ConsoleDoor.STATUS) instanceof Integer status && (status == 403 || status == 404)
                ? status.toString()
                : "500";
    }
}

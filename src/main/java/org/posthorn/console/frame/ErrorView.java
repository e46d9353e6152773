package org.posthorn.console.frame;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.posthorn.console.door.ConsoleDoor;

/** What the error page says: {@code 401}, {@code 403}, {@code 404} or {@code 500}. */
@Named
@RequestScoped
public class ErrorView {

    private static final Set<Integer> KNOWN = Set.of(401, 403, 404);
    private static final int MOST = 500;

    @Inject
    private HttpServletRequest request;

    public String getStatus() {
        return request.getAttribute(ConsoleDoor.STATUS) instanceof Integer status && KNOWN.contains(status)
                ? status.toString()
                : "500";
    }

    /** One value of a form. */
    public record Sent(String name, String value) {

        public String getName() {
            return name;
        }

        public String getValue() {
            return value;
        }
    }

    /** What was sent by somebody whose session had ended, to send again once they have signed in; no passwords. */
    public List<Sent> getSent() {
        return getStatus().equals("401")
                ? request.getParameterMap().entrySet().stream()
                        .filter(entry -> !entry.getKey().contains("password"))
                        .flatMap(entry -> Arrays.stream(entry.getValue()).map(value -> new Sent(entry.getKey(), value)))
                        .limit(MOST)
                        .toList()
                : List.of();
    }
}

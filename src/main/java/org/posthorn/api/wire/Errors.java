package org.posthorn.api.wire;

import jakarta.json.JsonException;
import jakarta.persistence.EntityNotFoundException;
import jakarta.persistence.NoResultException;
import jakarta.persistence.OptimisticLockException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.io.IOException;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.posthorn.list.BannedException;
import org.posthorn.list.InvalidValueException;
import org.posthorn.list.RefusedException;
import org.posthorn.list.SizeLimit;
import org.posthorn.list.UnknownException;
import org.posthorn.platform.DatabaseException;
import org.posthorn.platform.actor.NotAllowedException;

/**
 * Turns whatever a resource threw into an answer. What nobody expected is logged with a number, and only the number
 * leaves the server.
 */
public class Errors implements ExceptionMapper<Throwable> {

    private static final Logger LOG = Logger.getLogger(Errors.class.getName());

    private static final int UNAVAILABLE = 503;
    private static final int RETRY_SECONDS = 5;

    @Context
    private HttpServletRequest request;

    @Override
    public Response toResponse(Throwable error) {
        Problem problem = problem(error);
        boolean mailman = Problem.isMailman(request.getServletPath());
        Response.ResponseBuilder answer = Response.status(problem.status())
                .type(mailman ? MediaType.APPLICATION_JSON : Problem.MEDIA_TYPE)
                .entity(mailman ? problem.asMailman() : problem.asProblem());
        if (error instanceof WebApplicationException web && web.getResponse().getHeaderString("Allow") != null) {
            answer.header("Allow", web.getResponse().getHeaderString("Allow"));
        }
        if (problem.status() == UNAVAILABLE) {
            answer.header("Retry-After", RETRY_SECONDS);
        }
        return answer.build();
    }

    /** @return what to say of it; the causes are looked through, since containers wrap */
    static Problem problem(Throwable error) {
        if (error instanceof IOException) { // the reader's; those of operations come wrapped
            return new Problem(400, "The request could not be read to its end");
        }
        Throwable cause = error;
        for (int depth = 0; cause != null && depth < 12; depth++) {
            if (cause instanceof Refusal refusal) {
                return new Problem(refusal.status(), refusal.description());
            }
            if (cause instanceof WebApplicationException web
                    && web.getResponse().getStatus() < 500) {
                return ofStatus(web.getResponse().getStatus());
            }
            if (cause instanceof SizeLimit.OverSiteException over) {
                Refusal refusal = Fields.wrong(over.field(), over.words());
                return new Problem(refusal.status(), refusal.description());
            }
            if (cause instanceof InvalidValueException wrong) {
                Refusal refusal = Fields.wrong(wrong.field(), "'" + wrong.value() + "': allowed is " + wrong.allowed());
                return new Problem(refusal.status(), refusal.description());
            }
            if (cause instanceof RefusedException refused) {
                return new Problem(status(refused), refused.getMessage());
            }
            if (cause instanceof NotAllowedException refused) {
                return new Problem(403, "This takes the right " + refused.right());
            }
            if (cause instanceof OptimisticLockException) {
                return new Problem(409, "Somebody else changed it meanwhile");
            }
            if (cause instanceof EntityNotFoundException || cause instanceof NoResultException) {
                return ofStatus(404);
            }
            if (cause instanceof JsonException) {
                return new Problem(400, "The body is not JSON");
            }
            cause = cause.getCause() == cause ? null : cause.getCause();
        }
        return DatabaseException.isPassing(error) ? withoutDatabase(error) : unexpected(error);
    }

    /** A program that tries again later is right to; whether a commit under way was made, it sees by looking. */
    private static Problem withoutDatabase(Throwable error) {
        LOG.log(Level.WARNING, "RequestWithoutDatabase: {0}", error.toString());
        return new Problem(
                UNAVAILABLE,
                "The database does not answer; try again in a moment, and look first whether a change was made");
    }

    private static int status(RefusedException refused) {
        if (refused instanceof UnknownException) {
            return 404;
        }
        return refused instanceof BannedException ? 400 : 409;
    }

    private static Problem ofStatus(int status) {
        return new Problem(status, status + " " + new Problem(status, "").title());
    }

    private static Problem unexpected(Throwable error) {
        String number = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
        LOG.log(Level.SEVERE, "RequestFailed number=" + number, error);
        return new Problem(500, "Something went wrong here; the log has it under " + number);
    }
}

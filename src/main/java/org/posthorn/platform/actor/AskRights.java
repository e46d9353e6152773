package org.posthorn.platform.actor;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import java.io.Serializable;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;

/** Asks, before an operation that {@link Needs} a right, whether who acts has it. Before the transaction's interceptor. */
@Interceptor
@Needs(Right.OPERATE_SITE)
@Priority(Interceptor.Priority.PLATFORM_BEFORE + 100)
public class AskRights implements Serializable {

    private static final long serialVersionUID = 1;

    private final transient Rights rights;

    @Inject
    public AskRights(Rights rights) {
        this.rights = rights;
    }

    @AroundInvoke
    Object ask(InvocationContext operation) throws Exception {
        Right right = right(operation.getMethod());
        if (right.isOfList()) {
            rights.require(right, listId(operation));
        } else {
            rights.require(right);
        }
        return operation.proceed();
    }

    private static Right right(Method method) {
        Needs own = method.getAnnotation(Needs.class);
        return own == null
                ? method.getDeclaringClass().getAnnotation(Needs.class).value()
                : own.value();
    }

    private static long listId(InvocationContext operation) {
        Parameter[] parameters = operation.getMethod().getParameters();
        for (int i = 0; i < parameters.length; i++) {
            if (parameters[i].isAnnotationPresent(OfList.class)) {
                return (Long) operation.getParameters()[i];
            }
        }
        throw new IllegalStateException("an operation for a list cannot be without @OfList: " + operation.getMethod());
    }
}

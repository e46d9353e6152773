package org.posthorn.platform.actor;

import jakarta.enterprise.util.Nonbinding;
import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The operation takes this right: who lacks it gets a {@link NotAllowedException} before the operation (and its
 * transaction) begins. A right that is for one list needs a parameter with {@link OfList}. Works on calls from one bean
 * to another, not on those within a class.
 */
@InterceptorBinding
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Needs {
    @Nonbinding
    Right value();
}

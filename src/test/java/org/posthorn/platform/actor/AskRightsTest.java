package org.posthorn.platform.actor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.interceptor.InvocationContext;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AskRightsTest {

    private static final Actor ANNE = Actor.person(Via.CONSOLE, "anne", 7, false);

    /** Anne moderates list 5. */
    private final AskRights ask = new AskRights(
            new Rights((actor, right, listId) -> actor.equals(ANNE) && right == Right.MODERATE && listId == 5));

    static class Operations {
        @Needs(Right.MODERATE)
        void decide(String why, @OfList long listId) {}

        @Needs(Right.MODERATE)
        void forgetful(long listId) {}

        @Needs(Right.OPERATE_SITE)
        void operate() {}
    }

    @Test
    void anOperationForAListShouldBeOpenToWhoHasTheRightOnThatListAlone() throws Exception {
        try (Acting.Bound anne = Acting.as(ANNE)) {
            assertThat(call("decide", "why", 5L)).isEqualTo("done");
            assertThatThrownBy(() -> call("decide", "why", 6L)).isInstanceOf(NotAllowedException.class);
            assertThatThrownBy(() -> call("operate")).isInstanceOf(NotAllowedException.class);
        }
    }

    @Test
    void anOperationThatDoesNotSayWhichListShouldRefuseEverybodyButServerOwnersByFailing() {
        assertThatThrownBy(() -> call("forgetful", 5L)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aServiceAccountShouldHaveTheRightsOfItsScopesOnEveryList() throws Exception {
        try (Acting.Bound moderators = Acting.as(Actor.service("moderators", Set.of(Scope.MODERATION)))) {
            assertThat(call("decide", "why", 6L)).isEqualTo("done");
            assertThatThrownBy(() -> call("operate")).isInstanceOf(NotAllowedException.class);
        }
    }

    @Test
    void nobodyShouldHaveNoRightAndTheServerItselfAll() throws Exception {
        try (Acting.Bound nobody = Acting.as(Actor.anonymous(Via.REST))) {
            assertThatThrownBy(() -> call("decide", "why", 5L)).isInstanceOf(NotAllowedException.class);
        }
        assertThat(Acting.current()).isEqualTo(Actor.SYSTEM);
        assertThat(call("operate")).isEqualTo("done");
    }

    @Test
    void theActorBeforeShouldActAgainWhenOneEnds() {
        try (Acting.Bound anne = Acting.as(ANNE)) {
            try (Acting.Bound system = Acting.as(Actor.SYSTEM)) {
                assertThat(Acting.current()).isEqualTo(Actor.SYSTEM);
            }
            assertThat(Acting.current()).isEqualTo(ANNE);
        }
    }

    private Object call(String name, Object... parameters) throws Exception {
        Method method = java.util.Arrays.stream(Operations.class.getDeclaredMethods())
                .filter(each -> each.getName().equals(name))
                .findFirst()
                .orElseThrow();
        InvocationContext context = (InvocationContext) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {InvocationContext.class},
                (proxy, asked, arguments) -> switch (asked.getName()) {
                    case "getMethod" -> method;
                    case "getParameters" -> parameters;
                    case "proceed" -> "done";
                    default -> throw new UnsupportedOperationException(asked.getName());
                });
        return ask.ask(context);
    }
}

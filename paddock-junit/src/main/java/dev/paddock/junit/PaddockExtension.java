package dev.paddock.junit;

import dev.paddock.model.PaddockException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.DynamicTestInvocationContext;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestInstanceFactoryContext;
import org.junit.jupiter.api.extension.TestInstancePreConstructCallback;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;

/**
 * Gives tests what {@link TestDatabase} and {@link TestServer} ask for. These bring it along; nothing needs to be registered. Has no
 * state: what it opens belongs to JUnit's stores, which close it.
 */
public final class PaddockExtension
        implements ParameterResolver,
                BeforeAllCallback,
                BeforeEachCallback,
                TestInstancePreConstructCallback,
                InvocationInterceptor {

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.isAnnotated(TestDatabase.class) || parameter.isAnnotated(TestServer.class);
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Place place = Place.of(parameter.getParameter());
        try {
            TestsOfQuarkus.requireReachable(context.getRequiredTestClass());
            Request request = Request.of(
                    parameter.findAnnotation(TestDatabase.class), parameter.findAnnotation(TestServer.class));
            boolean unborn = parameter.getDeclaringExecutable() instanceof Constructor<?> && isOnePerTest(context);
            return place.fill(request, unborn ? Scope.ofUnborn(context) : Scope.of(context));
        } catch (PaddockException failure) {
            throw new ParameterResolutionException(place.complaint(failure), failure);
        }
    }

    /** Whether the instance is made for one test only, whose own context JUnit doesn't tell its constructor. */
    private static boolean isOnePerTest(ExtensionContext context) {
        return context.getTestMethod().isEmpty()
                && context.getTestInstanceLifecycle().equals(Optional.of(Lifecycle.PER_METHOD));
    }

    @Override
    public void preConstructTestInstance(TestInstanceFactoryContext factory, ExtensionContext context) {
        if (factory.getOuterInstance().isEmpty()) {
            Scope.endUnborn(context);
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        inject(context.getRequiredTestClass(), null, context);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        // Made for each test, so that the end of each is seen: it may use databases of its class only.
        Scope.of(context).adoptUnborn();
        for (Object instance : context.getRequiredTestInstances().getAllInstances()) {
            inject(instance.getClass(), instance, context);
        }
    }

    /** Fills the annotated fields of an instance, or the static ones of a class. */
    private static void inject(Class<?> type, @Nullable Object instance, ExtensionContext context) {
        Set<Field> fields = new LinkedHashSet<>();
        for (var annotation : List.of(TestDatabase.class, TestServer.class)) {
            fields.addAll(AnnotationSupport.findAnnotatedFields(
                    type,
                    annotation,
                    field -> Modifier.isStatic(field.getModifiers()) == (instance == null),
                    HierarchyTraversalMode.TOP_DOWN));
        }
        for (Field field : fields) {
            try {
                TestsOfQuarkus.requireReachable(type);
                Place.requireAssignable(field);
                Place.set(field, instance, Place.of(field).fill(Request.on(field), Scope.of(context)));
            } catch (PaddockException failure) {
                throw new ExtensionConfigurationException(Place.of(field).complaint(failure), failure);
            }
        }
    }

    /** A dynamic test has no end of its own that JUnit's stores would see. */
    @Override
    public void interceptDynamicTest(
            Invocation<Void> invocation, DynamicTestInvocationContext test, ExtensionContext context) throws Throwable {
        try {
            invocation.proceed();
        } catch (Throwable failure) {
            TestRun.of(context).reportFailure(context, failure, Scope.visibleFrom(context));
            throw failure;
        }
    }
}

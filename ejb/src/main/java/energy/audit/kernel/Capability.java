package energy.audit.kernel;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The card of a room: its one door, and the rooms whose doors it may use. Read by {@code HouseRulesTest}. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PACKAGE)
public @interface Capability {
    /** The only public acting class of the package. */
    Class<?> door();

    /** Package names below {@code energy.audit}; {@code kernel} and {@code tenancy} may always be used. */
    String[] uses() default {};
}

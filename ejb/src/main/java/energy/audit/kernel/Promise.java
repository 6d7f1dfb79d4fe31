package energy.audit.kernel;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Names the promise of a room's card that a test holds, for example {@code @Promise("ingest.R1")}. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Repeatable(Promise.Several.class)
public @interface Promise {
    /** Room, a dot, and the promise's number on the card. */
    String value();

    /** A test that holds several promises. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.METHOD)
    @interface Several {
        /** The promises. */
        Promise[] value();
    }
}

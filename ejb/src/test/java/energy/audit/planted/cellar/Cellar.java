package energy.audit.planted.cellar;

import energy.audit.access.Access;
import energy.audit.access.Permission;
import energy.audit.kernel.Open;
import energy.audit.planted.attic.Attic;

/** Uses a room that its card does not name, and has a method that asks nobody. */
public class Cellar {
    private final Access access;

    public Cellar(Access access) {
        this.access = access;
    }

    public String forgets() {
        return "" + new Attic();
    }

    public String asks() {
        access.require(Permission.SEE);
        return "";
    }

    public String asksThroughAnother() {
        return asks();
    }

    @Open("planted")
    public String saysWhyNot() {
        return "";
    }
}

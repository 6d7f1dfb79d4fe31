package energy.audit.planted.attic;

import energy.audit.planted.cellar.Hatch;

/** Planted to close a cycle. */
public class Attic {
    final Class<?> hatch = Hatch.class;
}

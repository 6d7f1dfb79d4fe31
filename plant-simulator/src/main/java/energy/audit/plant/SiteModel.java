package energy.audit.plant;

import java.time.ZoneId;
import java.util.List;

/** One site: its physics, stepped by the minute, and the meters that look at it. */
interface SiteModel {
    /** What changes the physics from outside. */
    record Disturbances(boolean furnaceDrift, boolean compressorLeak) {
        static final Disturbances NONE = new Disturbances(false, false);
    }

    /**
     * @param tenant id of the company
     * @param id of the site
     */
    record Identity(String tenant, String id, String name, ZoneId zone, int floorAreaSquareMetres) {}

    Identity identity();

    SiteState state();

    List<Meter> meters();

    /** How the electricity of the site adds up. */
    Load.Balance balance();

    /** Computes flows and temperatures of the minute that begins then. The totals are those of its beginning. */
    void step(long epochMinute, Disturbances disturbances);
}

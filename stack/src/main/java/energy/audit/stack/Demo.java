package energy.audit.stack;

import java.util.ArrayList;
import java.util.List;

/** Who and what the demo installation holds: two tenants, three sites, an agent and a history logger for each site. */
record Demo(List<Tenant> tenants, List<Site> sites, List<Grant> grants) {
    record Tenant(String id, String name) {}

    record Site(String tenant, String id) {}

    /** What a person may do in a tenant. */
    record Grant(String tenant, String person, String role, String reason) {}

    /** @param history whether it sends the predecessor logger's memory instead of polling */
    record Agent(String tenant, String site, String name, boolean history) {}

    /** A person of the demo, for the sign-in lines. */
    record Person(String name, String who) {}

    static Demo standard() {
        String castings = "demo-castings";
        String foods = "harbor-foods";
        return new Demo(
                List.of(new Tenant(castings, "Demo Castings"), new Tenant(foods, "Harbor Foods")),
                List.of(
                        new Site(castings, "foundry-north"),
                        new Site(castings, "cold-store"),
                        new Site(foods, "harbor-bakery")),
                List.of(
                        new Grant(castings, "emma", "energy-manager", "Energy manager of Demo Castings"),
                        new Grant(castings, "carl", "energy-manager", "Consulting contract with Demo Castings"),
                        new Grant(castings, "anna", "auditor", "Internal auditor of Demo Castings"),
                        new Grant(castings, "otto", "operator", "Shift operator at Foundry North"),
                        new Grant(foods, "carl", "reader", "Consulting contract with Harbor Foods"),
                        new Grant(foods, "hugo", "energy-manager", "Energy manager of Harbor Foods")));
    }

    static List<Person> people() {
        return List.of(
                new Person("emma", "energy manager of Demo Castings"),
                new Person("anna", "auditor of Demo Castings"),
                new Person("otto", "operator of Demo Castings"),
                new Person("carl", "consultant: energy manager in Demo Castings, reader in Harbor Foods"),
                new Person("hugo", "energy manager of Harbor Foods"),
                new Person("admin", "installation administrator"));
    }

    /** Live agents first, then the history loggers, each in the order of the sites. */
    List<Agent> agents() {
        List<Agent> agents = new ArrayList<>();
        for (Site site : sites) {
            agents.add(new Agent(site.tenant(), site.id(), site.id() + "-agent", false));
        }
        for (Site site : sites) {
            agents.add(new Agent(site.tenant(), site.id(), site.id() + "-logger", true));
        }
        return agents;
    }
}

/** Tests of the simulated plant. */
@org.jspecify.annotations.NullMarked
package energy.audit.plant;

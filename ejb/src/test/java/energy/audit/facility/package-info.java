/** Tests of savings of a whole site. */
@org.jspecify.annotations.NullMarked
package energy.audit.facility;

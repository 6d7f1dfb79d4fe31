package energy.audit.planted.dtos;

/** Planted: a name that says nothing, in a package without a card. */
class CellarManager {}

"""Use cases by area. A public method of a service is one transaction."""

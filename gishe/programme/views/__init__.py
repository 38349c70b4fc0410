"""Pages of the programme: public, provider's, coordinator's."""

"""The tables of the directory: HSDS 3.1 with its own names, and who speaks for whom.

The standard's names are kept as they are, American spelling included, so that a row
means the same here and in every other directory: https://docs.openreferral.org/
"""

from gishe.directory.models.details import (
    Contact,
    CostOption,
    Funding,
    Language,
    Phone,
    RequiredDocument,
    Schedule,
    ServiceCapacity,
    Unit,
    Url,
)
from gishe.directory.models.index import SearchGram, SearchPosting, SearchWord
from gishe.directory.models.organizations import (
    Organization,
    OrganizationIdentifier,
    Program,
    Representative,
)
from gishe.directory.models.places import (
    Accessibility,
    Address,
    District,
    Location,
    ServiceArea,
    ServiceAtLocation,
)
from gishe.directory.models.provided import Correction, Service
from gishe.directory.models.vocabulary import (
    Attribute,
    Metadata,
    MetaTableDescription,
    Taxonomy,
    TaxonomyTerm,
)

__all__ = [
    "Accessibility",
    "Address",
    "Attribute",
    "Contact",
    "Correction",
    "CostOption",
    "District",
    "Funding",
    "Language",
    "Location",
    "MetaTableDescription",
    "Metadata",
    "Organization",
    "OrganizationIdentifier",
    "Phone",
    "Program",
    "Representative",
    "RequiredDocument",
    "Schedule",
    "SearchGram",
    "SearchPosting",
    "SearchWord",
    "Service",
    "ServiceArea",
    "ServiceAtLocation",
    "ServiceCapacity",
    "Taxonomy",
    "TaxonomyTerm",
    "Unit",
    "Url",
]

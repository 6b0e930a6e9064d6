"""Settings, endpoints and keys: the only readers of the environment besides ``paths``."""

from interviewer.config.consents import COST, has_consent, remember_consent, what_it_means
from interviewer.config.endpoints import DEFAULT, Endpoint, endpoint, has_key, judge, ready, table
from interviewer.config.settings import Place, Price, Settings, path, save, settings

__all__ = [
    "COST",
    "DEFAULT",
    "Endpoint",
    "Place",
    "Price",
    "Settings",
    "endpoint",
    "has_consent",
    "has_key",
    "judge",
    "path",
    "ready",
    "remember_consent",
    "save",
    "settings",
    "table",
    "what_it_means",
]

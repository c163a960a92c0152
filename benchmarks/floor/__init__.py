"""The floor: as little Django as answers a signed-in person. Usward is measured against it, on the same server."""

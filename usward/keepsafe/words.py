"""Values as the export's record holds them, and the photos in them. How a kind reads is its own: `Kind.words`."""

from typing import Any

import msgspec

from usward.entries.attachments import Photo, photos_in
from usward.entries.kinds import Kind


def data(value: Any) -> Any:
    """A value as entries.json holds it: a photo is the name of its file, its key stays out."""
    if isinstance(value, Photo):
        return {"file": photo_file(value), "width": value.width, "height": value.height}
    if isinstance(value, msgspec.Struct):
        return {name: data(getattr(value, name)) for name in value.__struct_fields__}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [data(one) for one in value]
    if isinstance(value, dict):
        return {str(key): data(one) for key, one in value.items()}
    return msgspec.to_builtins(value)


def photo_file(photo: Photo) -> str:
    """Where a photo lies in the folder."""
    return f"photos/{photo.id}.jpg"


def photos(value: Kind) -> list[Photo]:
    """The photos in a value."""
    return list(photos_in(value))

"""A photo made small, upright, and bare of what a camera writes beside it."""

import io
from contextlib import suppress
from threading import Lock

import pi_heif
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from usward.entries.attachments import MAX_BYTES, Refused

MAX_PIXELS, LONGEST_SIDE, QUALITY = 50_000_000, 2048, 86
FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")

pi_heif.register_heif_opener()  # type: ignore[attr-defined]  # re-exported without being named in its __all__
_one_at_a_time = Lock()  # fifty million pixels are 150 MB while they are made small


def tidy(blob: bytes) -> tuple[bytes, int, int]:
    """A photo as it is kept: (JPEG, width, height), upright, at most 2048 pixels, nothing beside it. Raises Refused."""
    if len(blob) > MAX_BYTES:
        raise Refused(f"This photo has {len(blob) / 1e6:.0f} MB; 25 MB fit here. A smaller copy of it will do.")
    with _one_at_a_time:
        try:
            return _small(blob)
        except UnidentifiedImageError:
            raise Refused("This is not a photo that we can read. JPEG, PNG, WebP and HEIC work.") from None
        except Image.DecompressionBombError:
            raise Refused(TOO_MANY) from None
        except (OSError, ValueError, SyntaxError, EOFError, RuntimeError, IndexError):
            raise Refused("This photo could not be read. It may be damaged; another copy may work.") from None


TOO_MANY = "This picture has more pixels than fit here (50 million). A smaller copy of it will do."


def _small(blob: bytes) -> tuple[bytes, int, int]:
    with Image.open(io.BytesIO(blob), formats=FORMATS) as source:
        if source.width * source.height > MAX_PIXELS:  # known from the header, before anything is unpacked
            raise Refused(TOO_MANY)
        source.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        picture = _common_colours(ImageOps.exif_transpose(source))
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    bare = Image.new("RGB", picture.size, "white")  # a new picture: nothing of the old one's metadata can come along
    bare.paste(picture, mask=picture.getchannel("A") if picture.mode == "RGBA" else None)
    out = io.BytesIO()
    bare.save(out, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return out.getvalue(), bare.width, bare.height


def _common_colours(picture: Image.Image) -> Image.Image:
    """The same colours in sRGB, since the profile that explains them is dropped."""
    alpha = picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info
    profile = picture.info.get("icc_profile")
    if profile and picture.mode == "RGB":
        with suppress(ImageCms.PyCMSError, OSError):
            there = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            return ImageCms.profileToProfile(picture, there, ImageCms.createProfile("sRGB")) or picture
    return picture.convert("RGBA" if alpha else "RGB")

"""A photo, for whoever may read the entry that it belongs to."""

import re
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from usward.entries import attachments
from usward.entries.door import Insider, door, outsider
from usward.vault.envelope import SealBroken


@require_safe
@door
def media(request: HttpRequest, inside: Insider, photo_id: UUID) -> HttpResponse:
    """GET /media/<id>: the photo, or the part of it that a Range header asks for."""
    try:
        jpeg = attachments.see(inside.reader, photo_id)
    except SealBroken:
        jpeg = None
    if jpeg is None:
        raise outsider()
    answer = ranged(jpeg, request.headers.get("Range", ""))
    answer["Content-Type"] = "image/jpeg"
    answer["Accept-Ranges"] = "bytes"
    answer["Content-Disposition"] = "inline"
    return answer


def ranged(whole: bytes, asked: str) -> HttpResponse:
    """The whole with 200, one range with 206, one that cannot be met with 416; anything else is as if not asked."""
    found = re.fullmatch(r"bytes=(\d{0,18})-(\d{0,18})", asked.strip())
    if found is None or not (found[1] or found[2]):
        return HttpResponse(whole)
    size = len(whole)
    if found[1]:
        first, last = int(found[1]), min(int(found[2]), size - 1) if found[2] else size - 1
    else:
        first, last = max(0, size - int(found[2])), size - 1
    if first > last and found[1] and found[2] and int(found[2]) < first:
        return HttpResponse(whole)
    if first > last:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    return HttpResponse(whole[first : last + 1], status=206, headers={"Content-Range": f"bytes {first}-{last}/{size}"})

import re
from uuid import uuid4
def test_road(two, stranger):
    anna, ben = two
    assert anna.get("/us/dreams/").status_code == 200
    a = anna.post("/us/dreams/new/", text="A boat", who="both", support="advise", id=str(uuid4()))
    where = a["Location"]
    print(where)
    assert "A boat" in ben.page(where)
    print(ben.page(where))
    print(anna.page(where))

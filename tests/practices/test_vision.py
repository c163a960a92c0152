from uuid import uuid4


def test_road(two, stranger):
    anna, ben = two
    p = anna.page("/us/vision/")
    print(p)

"""The road through a hard thing, on one screen: its steps, how each gets done (ways.py), and where what comes of it leads.

    name → when → views → read → needs → ideas → rate → agreement → look ─ retire → end
                                           ▲              │    ▲     │ ▲
                                           └─ more ideas ─┘    └change┘ └─ keep, until another day

From here: entries.py is what can be said at a step; exchange.py walks the road as far as what was said leads; posted.py and
forms.py take what comes in, actions.py writes it, calling.py tells the other; cards.py is what the pages show.
Beside the road, at any step, one may pause (and come back, both), or stop (and take it up again).
"""

from usward.kit.road import END, Road, Step, To, Way
from usward.practices.workthrough.entries import AGREED, CHANGE, KEEP, RETIRE, Agreement, Looked, Named, Need, View
from usward.practices.workthrough.ways import BOTH, MORE, ORDER, SAID_BACK, apart, close, meet, ordered, settle

ROAD = Road(
    Step("name", "Name it together", Way(settle(Named), {AGREED}), {AGREED: To("when")}),
    Step("when", "An hour for it", Way(meet, {BOTH}), {BOTH: To("views")}),
    Step("views", "Each your own view", Way(apart(View), {BOTH}), {BOTH: To("read")}),
    Step("read", "Read, and say it back", Way(close, {BOTH}, SAID_BACK), {BOTH: To("needs")}, needs=("views",)),
    Step("needs", "What each of you needs", Way(apart(Need), {BOTH}), {BOTH: To("ideas")}),
    Step("ideas", "Ideas from both", Way(close, {BOTH}), {BOTH: To("rate")}, needs=("needs",)),
    Step("rate", "Each weighs them alone", Way(ordered, {ORDER}), {ORDER: To("agreement")}, needs=("ideas",)),
    Step(
        "agreement",
        "One agreement",
        Way(settle(Agreement, or_more=True), {AGREED, MORE}),
        {AGREED: To("look"), MORE: To("ideas", again=True)},
        needs=("rate",),
    ),
    Step(
        "look",
        "Look again",
        Way(settle(Looked), {KEEP, CHANGE, RETIRE}),
        {KEEP: To("look", again=True), CHANGE: To("agreement", again=True), RETIRE: To(END)},
        needs=("agreement",),
    ),
)

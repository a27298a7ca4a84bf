"""An article of our own, in the layout of a publisher that we do not copy, and somebody who works on a draft of it."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.web_support import Page, read

ARTICLE = """\
Which countries joined the European Union in this century?
Thirteen countries joined the Union between 2004 and 2013, most of them from the east of the continent.
Politics / Europe
Malta joined the European Union in 2004 together with nine other states. Croatia was the last country to join, aft...
Malta joined the European Union in 2004 together with nine other states. \
Romania followed in 2007 together with Bulgaria. Croatia was the last country to join the Union.
Slovenia introduced the euro in 2007. Slovakia introduced the euro in 2009. Estonia introduced the euro in 2011. \
Latvia introduced the euro in 2014. Lithuania introduced the euro in 2015. Croatia introduced the euro in 2023.
Poland is the largest of the countries that joined in 2004. Hungary held a vote on joining in 2003. \
Cyprus has been divided since 1974.
Latvian President Edgars Rinkēvičs took office in July 2023. Polish President Karol Nawrocki took office in August 2025.
Thirteen countries joined the Union between 2004 and 2013, most of them from the east of the continent.
Estonia was the first country to hold elections over the internet, in 2005.
Do you think that the Union will grow again? Let us know!
Share this article with others who like Europe!
This article was compiled by Harbour Lamp using publicly available data. The information presented may be incomplete.
"""


class Worker:
    """Somebody with a draft: presses its buttons, and reads the page that comes back."""

    def __init__(self, client: FlaskClient, article: str = ARTICLE) -> None:
        self.client = client
        response = client.post("/workbench", data={"article": article})
        assert response.status_code == 303, Page(response.text).text
        self.path = urlsplit(response.location).path
        self.key = self.path.rpartition("/")[2]

    def page(self, query: str = "") -> Page:
        return read(self.client, f"{self.path}?{query}")

    def seen(self) -> str:
        (seen,) = set(self.page().all("input", "value", name="seen"))
        return seen

    def send(self, **form: str) -> TestResponse:
        """Send a form of the draft as it is now, unless another `seen` is given."""
        return self.client.post(self.path, data={"seen": self.seen()} | form)

    def do(self, **form: str) -> str:
        """Send a form that is taken, and name the fact that is chosen afterwards."""
        response = self.send(**form)
        assert response.status_code == 303, Page(response.text).text
        return parse_qs(urlsplit(response.location).query).get("fact", [""])[0]

    def listed(self, state: str) -> list[str]:
        """Name the facts of a state, through all pages of them."""
        found: list[str] = []
        query = f"show={state}"
        while query:
            page = self.page(query)
            found += [id_.removeprefix("f-") for id_ in page.all("li", "id")]
            later = re.search(r'href="[^"]*\?([^"]*)">More facts', page.html)
            query = unescape(later[1]) if later else ""
        return found

    def counts(self) -> list[int]:
        """Give how many facts are to review, accepted and rejected."""
        return [int(number) for number in re.findall(r"(?:To review|Accepted|Rejected): (\d+)", self.page().html)]

    def accept_all(self) -> None:
        for fact in self.listed("draft"):
            self.do(accept=fact)

    def deck(self) -> str:
        return self.client.get(f"{self.path}/deck.yaml").text

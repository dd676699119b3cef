"""Kind `exchangerates`: the Exchange Rates Data API, GET …/latest with an API key in a header.

{"success": true, "timestamp": 1519296206, "base": "EUR", "date": "2021-03-17",
 "rates": {"USD": 1.23396, …}}; units of the currency per 1 base. A refusal may come with status 200
and "success": false. It has the newest day only.
"""

from __future__ import annotations

from datetime import date

from jobs.fx.feed import Feed, FeedError, checked, rates_of_day, read_object


def address(url: str, span: str, today: date) -> tuple[str, bool]:
    """Whatever is asked for, there is one answer."""
    del span, today
    return url, True


def parse(body: bytes) -> Feed:
    """The rates of the newest day."""
    answer = read_object(body)
    if answer.first("success") not in (None, True):
        raise FeedError("the publisher answers that it cannot answer")
    return checked(answer.first("base"), rates_of_day(answer.first("date"), answer.first("rates")))

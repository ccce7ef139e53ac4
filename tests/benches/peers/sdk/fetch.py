"""CPU time of one fetch of an extension by Twilio's Python library, which is asked to speak plain http to the given
server: `python fetch.py URL`, with the package `twilio` installed."""

import statistics
import sys
import time

import twilio
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client

BASE = sys.argv[1]
TIMES = 500


class Loopback(TwilioHttpClient):
    def request(self, method, url, *args, **kwargs):
        return super().request(method, url.replace("https://marketplace.twilio.com", BASE), *args, **kwargs)


client = Client(
    "AC0123456789abcdef0123456789abcdef",
    "0123456789abcdef0123456789abcdef",
    http_client=Loopback(),
)
extension = client.marketplace.v1.installed_add_ons("XE0123456789abcdef0123456789abcdef").extensions(
    "XF0123456789abcdef0123456789abcdef"
)


def measure():
    cpu, wall = time.process_time(), time.perf_counter()
    for _ in range(TIMES):
        extension.fetch()
    return (time.process_time() - cpu) * 1e6 / TIMES, (time.perf_counter() - wall) * 1e6 / TIMES


measure()
rounds = [measure() for _ in range(9)]
cpu, wall = (statistics.median(column) for column in zip(*rounds))
print(f"twilio for python {twilio.__version__}: {cpu:.0f} µs CPU and {wall:.0f} µs wall a fetch, median of 9 rounds of {TIMES}")

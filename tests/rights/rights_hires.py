"""Candidates and jobs that the tests of *May I hire?* send."""

from datetime import date

HIRE = "/en/may-i-hire/"
FILE = "/en/may-i-hire/calendar/"
COUNT = "/en/may-i-hire/quota/"
DAY = date(2026, 11, 18)
PAPER = {"step": "paper", "f-status": "humanitarian_status", "f-nationality": "SY"}
JOB = {
    **PAPER,
    "step": "job",
    "f-employment_start": "2026-12-01",
    "f-contract_months": "6",
    "f-document_valid_until": "2027-05-31",
}
FROM_ABROAD = {"f-status": "none_abroad", "f-nationality": "TR"}

"""Whom each happening tells, whatever the words: the addressees that were promised, row by row."""

import pytest

from domain.audience.notices.index import ALARMS, NOTICES
from domain.audience.notices.notice import Whom as To
from domain.ticket.deadlines import Event
from domain.ticket.timeline import Happening as On

_WHO_ASKED = {To.ASKER, To.OWNER, To.PROJECT_MANAGER}
_MANAGERS = {To.PROJECT_MANAGER, To.DUTY_MANAGER}
_DECIDED = {*_WHO_ASKED, To.DUTY_MANAGER, To.CONTACT}
_BACK = {To.OWNER, To.PROJECT_MANAGER, To.HOTLINE}
_AGREED = {To.OWNER, To.PROJECT_MANAGER, To.CONTACT}

# fmt: off
#: Nobody may be missing in a row; that others are told too is no fault.
TOLD: dict[On, set[To]] = {
    On.OPENED:                  {To.ENGINEERS, To.HOTLINE, To.EXPERTS, *_MANAGERS},
    On.TAKEN:                   {To.FORMER_OWNER, To.CONTACT},
    On.REASSIGNED:              {To.NAMED, To.FORMER_OWNER, To.CONTACT},
    On.DISPATCHED:              {To.NAMED, To.OWNER, To.CONTACT},
    On.CLASSIFIED:              {To.OWNER, To.CONTACT, To.APPROVERS, To.EXPERTS, *_MANAGERS},
    On.PROMISES_CHANGED:        {To.CONTACT, *_MANAGERS},
    On.MAJOR_PROPOSED:          _MANAGERS,
    On.ADVANCED:                {To.EXPERTS, To.OWNER, To.LEADER, To.CONTACT, *_MANAGERS},
    On.PLAN_SUBMITTED:          {To.CONTACT},
    On.DEPARTED:                {To.CONTACT},
    On.ARRIVED:                 {To.CONTACT},
    On.DIAGNOSED:               {To.CONTACT},
    On.REMOTE_STARTED:          {To.CONTACT},
    On.REMOTE_ENDED:            {To.CONTACT},
    On.RESTORED:                {To.CONTACT},
    On.REPORT_DELIVERED:        {To.CONTACT},
    On.SUBSTITUTE_DELIVERED:    {To.CONTACT},
    On.REMOTE_REQUESTED:        {To.CONTACT},
    On.REMOTE_GRANTED:          _WHO_ASKED,
    On.REMOTE_REFUSED:          _WHO_ASKED,
    On.REMOTE_REVOKED:          _WHO_ASKED,
    On.REMOTE_EXPIRED:          _WHO_ASKED,
    On.GRANT_ENDED:             _WHO_ASKED,
    On.ONSITE_APPLIED:          _MANAGERS,
    On.CONSULTATION_REQUESTED:  {To.EXPERTS, To.PROJECT_MANAGER},
    On.CONSULTATION_CONCLUDED:  _WHO_ASKED,
    On.VENDOR_CASE_OPENED:      {To.VENDOR_NAMED, To.OWNER},
    On.VENDOR_CASE_CLOSED:      _WHO_ASKED,
    On.PART_REQUESTED:          {To.CONTACT, To.COMMERCIAL},
    On.PART_AGREED:             {To.ASKER, To.COMMERCIAL, To.STOCK_KEEPER},
    On.PART_REFUSED:            {To.ASKER, To.COMMERCIAL, To.STOCK_KEEPER},
    On.PART_VERIFIED:           {To.COMMERCIAL, To.STOCK_KEEPER, To.ASKER, To.OWNER},
    On.PART_RESERVED:           {To.ASKER, To.OWNER},
    On.PART_ORDERED:            {To.ASKER, To.OWNER},
    On.PART_ARRIVED:            {To.ASKER, To.OWNER},
    On.SUBSTITUTE_RETURNED:     {To.STOCK_KEEPER},
    On.FORMAL_REPORT_SUBMITTED: {To.APPROVERS},
    On.MAJOR_APPLIED:           {To.APPROVERS, To.OWNER, *_MANAGERS},
    On.APPROVED:                _DECIDED,
    On.REFUSED:                 _DECIDED,
    On.MAJOR_WITHDRAWN:         _DECIDED,
    On.CENTRE_FORMED:           {To.EXPERTS, To.LEADER, To.CONTACT},
    On.CHANGE_PROPOSED:         {To.CONTACT, To.TECHNICAL_APPROVERS},
    On.CHANGE_AGREED:           {To.ASKER, To.OWNER},
    On.CHANGE_REFUSED:          {To.ASKER, To.OWNER},
    On.CHANGE_ACCEPTED:         {To.ASKER, To.OWNER},
    On.CHANGE_MADE:             {To.CONTACT, To.TECHNICAL_APPROVERS},
    On.CONSENTED:               _WHO_ASKED,
    On.EMERGENCY_PLAN_STARTED:  {To.OWNER, To.EXPERTS, To.VENDORS, To.CONTACT},
    On.EMERGENCY_PLAN_OBJECTED: _MANAGERS,
    On.EMERGENCY_PLAN_ENDED:    {To.CONTACT, To.LEADER},
    On.RESOLVED:                {To.CONTACT},
    On.CONFIRMED:               {To.OWNER},
    On.SILENCE_CONFIRMED:       {To.OWNER},
    On.REJECTED:                _BACK,
    On.REOPENED:                _BACK,
    On.PAUSED:                  {To.CONTACT, To.PROJECT_MANAGER},
    On.PAUSE_CAPPED:            {To.OWNER, To.PROJECT_MANAGER, To.CONTACT},
    On.NOTED:                   {To.OWNER},
    On.SURVEY_RECORDED:         {To.LEADER, *_MANAGERS},
    On.FOLLOWED_UP:             {To.PROJECT_MANAGER},
    On.IDENTIFIED:              _AGREED,
    On.CONTRACT_CHANGED:        _AGREED,
    On.AUTHORISATION_CHANGED:   _AGREED,
    On.BOOKED:                  {To.CONTACT, To.OWNER},
    On.CLOSED:                  {To.CONTACT, To.OWNER},
    On.MERGED:                  {To.CONTACT, To.OWNER},
    On.DISCARDED:               {To.CONTACT, To.OWNER},
    On.COMMAND_REFUSED:         {To.ADMINISTRATOR, To.HOTLINE, To.SUPERVISOR, To.CONTACT, *_MANAGERS},
}
ALARMED: dict[str, set[To]] = {
    "no_contract":             _MANAGERS,
    Event.UNOWNED:             {To.DUTY_MANAGER},
    Event.UNOWNED_HALF:        {To.HOTLINE, *_MANAGERS},
    Event.REMOTE_SILENCE:      _WHO_ASKED,
    Event.APPROVAL_REMINDER:   {To.SILENT_APPROVERS, To.LEADER, *_MANAGERS},
    Event.SUBSTITUTE_SOON:     {To.STOCK_KEEPER, To.COMMERCIAL, To.PROJECT_MANAGER},
    Event.SUBSTITUTE_PROMISED: {To.STOCK_KEEPER, To.COMMERCIAL, To.PROJECT_MANAGER},
    Event.HEARTBEAT:           {To.OWNER, To.PROJECT_MANAGER},
    Event.CLOSING_MISSING:     {To.OWNER, To.PROJECT_MANAGER},
    Event.FOLLOWUP:            {To.SUPERVISOR},
}
#: Who acted knows it, or the ticket shows it.
SILENT = {
    On.RESPONDED, On.CONTACTED, On.VISIT_ENDED, On.LOG_WRITTEN, On.TERMS_AGREED, On.HALF_SPENT, On.REBASELINED,
    On.RESUMED,
}
# fmt: on


class TestWhoeverIsPromisedToHear:
    @pytest.mark.parametrize("happening", TOLD)
    def test_of_a_happening_is_in_its_row(self, happening: On):
        assert not TOLD[happening] - {whom for notice in NOTICES[happening].notices for whom in notice.to}

    @pytest.mark.parametrize("alarm", ALARMED)
    def test_of_an_alarm_is_in_its_row(self, alarm: str):
        assert not ALARMED[alarm] - {whom for notice in ALARMS[alarm].notices for whom in notice.to}

    @pytest.mark.parametrize("happening", sorted(SILENT))
    def test_of_what_tells_nobody_is_nobody(self, happening: On):
        assert NOTICES[happening].nobody

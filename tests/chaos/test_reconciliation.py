"""Every counter can be other than 0: what it counts is put into a run that was as it should be."""

from dataclasses import replace
from datetime import timedelta

from chaos.histories import Told
from chaos.ledger import NO_ANSWER, TAKEN, Account, Answered, Sent
from chaos.reconcile import COUNTERS, Evidence
from domain.ticket.timeline import Entry
from tests.chaos.samples import (
    DECIDED,
    KEY,
    MINUTE,
    NETWORK,
    a_run,
    counted,
    is_alarm,
    with_answer,
    with_entries,
    with_history,
)

SECOND = timedelta(seconds=1)


def last_command(evidence: Evidence) -> str:
    return list(evidence.account.commands)[-1]


def without(evidence: Evidence, id_: str) -> Evidence:
    """With a command and its entry gone from history."""
    (history,) = evidence.at_the_end.values()
    signals = tuple(signal for signal in history.signals if signal.command.command_id != id_)
    gone = with_history(evidence, signals=signals)
    return with_entries(gone, lambda entries: (entry for entry in entries if entry.command_id != id_))


class TestARunAsItShouldBe:
    def test_counts_nothing(self):
        assert counted(a_run().evidence) == {}

    def test_has_alarms_to_lose_and_decisions_of_both_kinds(self):
        """Otherwise nothing here would mean anything."""
        (history,) = a_run().evidence.at_the_end.values()
        assert len([entry for entry in history.entries if is_alarm(entry)]) >= 5
        assert {answer.decision for (answer,) in a_run().evidence.account.answers.values()} >= {"accepted", "refused"}

    def test_may_repeat_what_was_not_settled(self):
        run = a_run()
        id_ = run.sends("engineer", "note", text="再说一遍")
        sent, answer = run.lines[-2:]
        assert isinstance(answer, Answered)
        run.lines[-1:] = [
            replace(answer, status=NO_ANSWER, decision=None, seq=None),
            sent,
            replace(answer, status=TAKEN, decision="pending", seq=None),
            sent,
            answer,
        ]
        run.signals.append(run.signals[-1])
        assert counted(run.evidence) == {}
        assert len(Account.of(run.lines).sent[id_]) == 3

    def test_may_be_refused_without_a_record_when_the_life_of_the_ticket_is_over(self):
        run = a_run()
        run.lines.append(Sent(run.now, "late", "duty", DECIDED, run.history.number, "note", {"text": "太晚"}))
        run.lines.append(Answered(run.now + SECOND, "late", 409, None, "refused", 3, "closed"))
        over = with_history(run.evidence, over_at=run.now)
        assert counted(over) == {}
        assert counted(with_history(over, over_at=run.now + MINUTE)) == {"lost": 1}

    def test_prints_the_eight_counters_in_their_order(self):
        names = "lost, phantom, duplicate effect, missing alarm, duplicate alarm, early alarm, stuck"
        assert ", ".join(COUNTERS) == f"{names}, projection difference"


class TestLost:
    def test_is_a_command_that_was_answered_and_is_not_in_history(self):
        evidence = a_run().evidence
        assert counted(without(evidence, last_command(evidence)))["lost"] == 1

    def test_is_also_one_that_was_only_taken(self):
        evidence = a_run().evidence
        id_ = last_command(evidence)
        taken = with_answer(without(evidence, id_), id_, status=TAKEN, decision="pending", seq=None)
        assert counted(taken)["lost"] == 1

    def test_is_a_command_that_came_into_history_only_after_the_answer(self):
        """A repeat must not make up for a promise that was broken before."""
        run = a_run()
        run.signals[-1] = replace(run.signals[-1], at=run.now + MINUTE)
        assert counted(run.evidence) == {"lost": 1}

    def test_is_a_command_that_is_in_history_and_was_never_decided(self):
        evidence = a_run().evidence
        id_ = last_command(evidence)
        undecided = with_entries(evidence, lambda entries: (entry for entry in entries if entry.command_id != id_))
        assert counted(undecided)["lost"] == 1

    def test_is_a_refusal_that_was_answered_as_accepted(self):
        evidence = a_run().evidence
        refused = next(id_ for id_, (answer,) in evidence.account.answers.items() if answer.status == 409)
        assert counted(with_answer(evidence, refused, status=200, decision="accepted")) == {"lost": 1}

    def test_is_a_command_that_was_turned_away_though_its_ticket_exists(self):
        evidence = a_run().evidence
        id_ = last_command(evidence)
        assert counted(with_answer(without(evidence, id_), id_, status=404, decision=None))["lost"] == 1

    def test_is_a_command_that_was_taken_and_of_which_nobody_knows_when_asked(self):
        run = a_run()
        sent, answer = run.lines[-2:]
        assert isinstance(sent, Sent)
        assert isinstance(answer, Answered)
        taken = replace(answer, status=TAKEN, decision="pending", seq=None)
        asked = replace(taken, status=404, decision=None, asked=True)
        run.lines[-2:] = [replace(sent, expected=(200, 404, 409)), taken, asked]
        assert counted(run.evidence) == {"lost": 1}

    def test_is_a_ticket_that_was_promised_and_does_not_exist(self):
        evidence = a_run().evidence
        assert counted(with_answer(evidence, KEY, number="ANOTHER2"))["lost"] == 1


class TestPhantom:
    def test_is_a_command_that_nobody_sent(self):
        run = a_run()
        run.sends("engineer", "note", text="谁说的")
        del run.lines[-2:]
        assert counted(run.evidence) == {"phantom": 1}

    def test_is_a_command_that_came_otherwise_than_it_was_sent(self):
        run = a_run()
        last = run.signals[-1]
        run.signals[-1] = replace(last, command=replace(last.command, data={"text": "别的"}))
        assert counted(run.evidence) == {"phantom": 1}

    def test_is_a_command_that_was_turned_away_and_counts_all_the_same(self):
        run = a_run()
        sent, answer = run.lines[-2:]
        assert isinstance(sent, Sent)
        assert isinstance(answer, Answered)
        run.lines[-2:] = [replace(sent, expected=(403,)), replace(answer, status=403, decision=None, seq=None)]
        assert counted(run.evidence) == {"phantom": 1}

    def test_is_not_one_that_was_turned_away_and_taken_when_it_came_again(self):
        """A vendor may come before their case is there."""
        run = a_run()
        sent, answer = run.lines[-2:]
        assert isinstance(sent, Sent)
        assert isinstance(answer, Answered)
        allowed = replace(sent, expected=(200, 404, 409))
        away = replace(answer, at=run.now, status=404, decision=None, seq=None)
        run.lines[-2:] = [allowed, away, allowed, answer]
        assert counted(run.evidence) == {}

    def test_is_a_ticket_that_nobody_opened(self):
        run = a_run()
        del run.lines[:2]
        assert counted(run.evidence) == {"phantom": 1}

    def test_is_an_entry_that_answers_no_command(self):
        def invented(entries: tuple[Entry, ...]) -> list[Entry]:
            return [*entries, replace(entries[-1], command_id="invented")]

        assert counted(with_entries(a_run().evidence, invented)) == {"phantom": 1}

    def test_is_not_what_others_did_on_tickets_of_theirs(self):
        run = a_run()
        run.lines.clear()
        assert counted(run.evidence)["phantom"] == 4
        assert counted(replace(run.evidence, before={run.history.number})) == {}


class TestADuplicateEffect:
    def test_is_a_command_with_two_entries(self):
        evidence = a_run().evidence
        id_ = last_command(evidence)

        def twice(entries: tuple[Entry, ...]) -> list[Entry]:
            return [*entries, *(entry for entry in entries if entry.command_id == id_)]

        assert counted(with_entries(evidence, twice)) == {"duplicate effect": 1}

    def test_is_a_report_with_two_tickets(self):
        evidence = a_run().evidence
        (history,) = evidence.at_the_end.values()
        second = replace(history, number="ANOTHER2", opening=replace(history.opening, number="ANOTHER2"))
        second = replace(second, signals=(), told=())
        both = replace(evidence, at_the_end={**evidence.at_the_end, "ANOTHER2": second})
        assert counted(both) == {"duplicate effect": 1}

    def test_is_a_repeat_with_another_answer(self):
        run = a_run()
        again = run.lines[-1]
        assert isinstance(again, Answered)
        run.lines.append(replace(again, seq=(again.seq or 0) + 1))
        assert counted(run.evidence)["duplicate effect"] == 1

    def test_is_a_line_of_the_timeline_that_was_told_twice(self):
        evidence = a_run().evidence
        (history,) = evidence.at_the_end.values()
        (told,) = history.told
        again = replace(told.batch, entries=told.batch.entries[:1])
        twice = with_history(evidence, told=(told, Told(told.at, again)))
        assert counted(twice) == {"duplicate effect": 1}


class TestAMissingAlarm:
    def test_is_one_that_is_gone(self):
        evidence = a_run().evidence
        gone = next(entry for entry in next(iter(evidence.at_the_end.values())).entries if is_alarm(entry))
        without = with_entries(evidence, lambda entries: (entry for entry in entries if entry != gone))
        assert counted(without)["missing alarm"] == 1

    def test_is_every_one_that_came_due_after_a_timer_was_lost(self):
        """Nothing else would ever tell."""
        run = a_run()
        later = replace(run.evidence, horizon=run.now + timedelta(hours=3))
        assert counted(later).keys() == {"missing alarm"}
        assert counted(later)["missing alarm"] >= 2

    def test_is_not_made_good_by_one_that_a_probe_brought(self):
        """A command raises first what came due before it."""
        run = a_run()
        at_rest = run.evidence.at_rest
        run.passes(timedelta(hours=3))
        assert counted(run.evidence) == {}
        assert counted(replace(run.evidence, at_rest=at_rest))["missing alarm"] >= 2

    def test_is_a_ticket_whose_terms_were_never_agreed(self):
        unagreed = with_history(a_run().evidence, terms=None)
        assert counted(unagreed)["missing alarm"] == 1


class TestADuplicateAlarm:
    def test_is_a_rung_that_was_raised_twice(self):
        def twice(entries: tuple[Entry, ...]) -> list[Entry]:
            return [*entries, next(entry for entry in entries if is_alarm(entry))]

        assert counted(with_entries(a_run().evidence, twice)) == {"duplicate alarm": 1}

    def test_is_one_also_with_another_due_time(self):
        def moved(entries: tuple[Entry, ...]) -> list[Entry]:
            alarm = next(entry for entry in entries if entry.data.get("rung"))
            return [*entries, replace(alarm, at=alarm.at + SECOND)]

        assert counted(with_entries(a_run().evidence, moved))["duplicate alarm"] == 1

    def test_is_not_another_alarm_of_the_same_promise(self):
        """Of a substitute the stock keeper is told half of the way to it, and when it is promised."""

        def two(entries: tuple[Entry, ...]) -> list[Entry]:
            alarm = next(entry for entry in entries if entry.data.get("rung"))
            told = (alarm.data | {"alarm": each, "rung": None} for each in ("substitute_soon", "substitute_promised"))
            return [*entries, *(replace(alarm, data=data) for data in told)]

        assert "duplicate alarm" not in counted(with_entries(a_run().evidence, two))


class TestAnEarlyAlarm:
    def test_is_one_that_was_raised_before_it_was_due(self):
        def early(entries: tuple[Entry, ...]) -> list[Entry]:
            first = next(entry for entry in entries if is_alarm(entry))
            return [replace(entry, recorded_at=entry.at - NETWORK) if entry is first else entry for entry in entries]

        assert counted(with_entries(a_run().evidence, early)) == {"early alarm": 1}

    def test_is_one_that_the_read_model_was_told_of_before_it_was_due(self):
        """Whatever the entry itself says."""
        evidence = a_run().evidence
        (history,) = evidence.at_the_end.values()
        (told,) = history.told
        raised = [entry.at for entry in history.entries if is_alarm(entry)]
        told_before = (Told(max(raised) - NETWORK, told.batch),)
        assert counted(with_history(evidence, told=told_before)) == {"early alarm": raised.count(max(raised))}

    def test_is_one_that_was_never_due(self):
        def invented(entries: tuple[Entry, ...]) -> list[Entry]:
            alarm = next(entry for entry in entries if is_alarm(entry))
            return [*entries, replace(alarm, data=alarm.data | {"obligation": "survey"})]

        assert counted(with_entries(a_run().evidence, invented)) == {"early alarm": 1}

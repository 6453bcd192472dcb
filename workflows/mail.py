"""A mail that waits, until somebody has taken it or everybody who answers for it was told."""

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from activities.mails import MailReminder, Mails
    from domain.audience.mail import Waiting
    from workflows.options import QUICK_WRITE
    from workflows.reminding import rung_by_rung


@workflow.defn
class MailWorkflow:
    """The clock of a mail. Nobody signals it: whether somebody has taken the mail is asked at each rung."""

    @workflow.run
    async def run(self, waiting: Waiting) -> bool:
        """Tell of it, rung by rung; whether somebody took it before the last one."""

        async def remind(rung: int) -> bool:
            reminder = MailReminder(waiting, rung)
            return await workflow.execute_activity_method(Mails.remind_of_mail, reminder, **QUICK_WRITE)

        return await rung_by_rung(waiting.rungs, remind)

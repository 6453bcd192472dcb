"""A callback: a call that nobody took, until somebody has called back or everybody who answers for it was told."""

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from activities.callbacks import Callbacks, Reminder
    from domain.audience.telephone import Missed, instants
    from workflows.options import QUICK_WRITE
    from workflows.reminding import rung_by_rung


@workflow.defn
class CallbackWorkflow:
    """The clock of a missed call. Nobody signals it: whether the call was returned is asked at each rung."""

    @workflow.run
    async def run(self, missed: Missed) -> bool:
        """Tell of it, rung by rung; whether somebody called back before the last one."""

        async def remind(rung: int) -> bool:
            reminder = Reminder(missed, rung)
            return await workflow.execute_activity_method(Callbacks.remind, reminder, **QUICK_WRITE)

        return await rung_by_rung(instants(missed), remind)

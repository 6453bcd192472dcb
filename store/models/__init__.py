"""The tables, one a file."""

from domain.audience.reaching import Way
from store.models.agreement_news import Agreement, AgreementNewsRow
from store.models.approval_link import ApprovalLinkRow
from store.models.attachment import AttachmentRow
from store.models.base import Base
from store.models.beat import BeatRow
from store.models.confirmation import ConfirmationRow
from store.models.contract import ContractRow
from store.models.customer import CustomerRow
from store.models.delivery import PENDING, ChannelRow, ChannelRuleRow, Delivered, DeliveryRow, PreferenceRow
from store.models.department import DepartmentRow
from store.models.deputyship import DeputyshipRow
from store.models.device import DeviceRow
from store.models.entry import EntryRow
from store.models.erasure import Erased, ErasureRow
from store.models.finding import FindingRow
from store.models.identity import IdentityRow
from store.models.mail import TO_BE_TAKEN, Became, MailboxRow, MailRow
from store.models.notification import NotificationRow, Overtaken
from store.models.obligation import ObligationRow
from store.models.organisation import OrganisationKind, OrganisationRow
from store.models.person import PersonRow
from store.models.phone_call import PhoneCallRow
from store.models.phrase import PhraseRow
from store.models.presence import PresenceRow
from store.models.receipt import ReceiptRow
from store.models.registry_change import RegistryChangeRow
from store.models.session import SessionRow
from store.models.session_secret import SessionSecretRow
from store.models.set_aside import SetAsideRow
from store.models.shift import ShiftRow
from store.models.sign_in_failure import SignInFailureRow
from store.models.sign_in_flow import SignInFlowRow
from store.models.standing_authorisation import StandingAuthorisationRow
from store.models.statistic import StatisticMonthRow, StatisticRow
from store.models.suspect import SuspectRow
from store.models.ticket import TicketRow
from store.models.token import TokenRow
from store.models.unheard import UnheardRow
from store.models.view import ViewRow

__all__ = [
    "PENDING",
    "TO_BE_TAKEN",
    "Agreement",
    "AgreementNewsRow",
    "ApprovalLinkRow",
    "AttachmentRow",
    "Base",
    "BeatRow",
    "Became",
    "ChannelRow",
    "ChannelRuleRow",
    "ConfirmationRow",
    "ContractRow",
    "CustomerRow",
    "Delivered",
    "DeliveryRow",
    "DepartmentRow",
    "DeputyshipRow",
    "DeviceRow",
    "EntryRow",
    "Erased",
    "ErasureRow",
    "FindingRow",
    "IdentityRow",
    "MailRow",
    "MailboxRow",
    "NotificationRow",
    "ObligationRow",
    "OrganisationKind",
    "OrganisationRow",
    "Overtaken",
    "PersonRow",
    "PhoneCallRow",
    "PhraseRow",
    "PreferenceRow",
    "PresenceRow",
    "ReceiptRow",
    "RegistryChangeRow",
    "SessionRow",
    "SessionSecretRow",
    "SetAsideRow",
    "ShiftRow",
    "SignInFailureRow",
    "SignInFlowRow",
    "StandingAuthorisationRow",
    "StatisticMonthRow",
    "StatisticRow",
    "SuspectRow",
    "TicketRow",
    "TokenRow",
    "UnheardRow",
    "ViewRow",
    "Way",
]

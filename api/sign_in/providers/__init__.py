"""Identity providers: where people sign in who have no password of ours, or want none."""

from api.sign_in.providers.base import Provider
from api.sign_in.providers.dingtalk import DingTalk
from api.sign_in.providers.feishu import Feishu
from api.sign_in.providers.oidc import Oidc
from api.sign_in.providers.wecom import WeCom
from runtime.sign_in_settings import SignIn, Way

__all__ = ["Provider", "providers_of"]

_ALL: dict[Way, type[Provider]] = {
    Way.OIDC: Oidc,
    Way.WECOM: WeCom,
    Way.DINGTALK: DingTalk,
    Way.FEISHU: Feishu,
}


def providers_of(settings: SignIn) -> dict[Way, Provider]:
    """Those that are set up, by the words that stand in addresses."""
    return {name: _ALL[name](settings) for name in settings.providers()}

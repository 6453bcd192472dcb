/** Whether alarms are heard here, and for an hour they are not. */
import { Button, Switch } from "antd";
import { clock } from "@shared/clock/beijing";
import { useNow } from "@shared/clock/ticker";
import { prefer, usePreferences } from "@shared/preferences";
import { MUTE_MS, play } from "@shared/sound";
import { useWords } from "@shared/words";

export function Sounds() {
  const { t } = useWords();
  const { sound, mutedUntil } = usePreferences();
  const now = useNow();
  const isMuted = sound && mutedUntil > now;
  return (
    <p className="sounds">
      <span className="switched">
        <Switch
          size="small"
          aria-label={t("inbox.sound")}
          checked={sound}
          onChange={(chosen) => {
            prefer({ sound: chosen, mutedUntil: 0 });
            if (chosen) play();
          }}
        />{" "}
        {t("inbox.sound")}
      </span>
      {sound && !isMuted && (
        <Button size="small" onClick={() => prefer({ mutedUntil: now + MUTE_MS })}>
          {t("inbox.mute")}
        </Button>
      )}
      {isMuted && (
        <>
          <span role="status">{t("inbox.muted", { at: clock(mutedUntil) })}</span>
          <Button size="small" onClick={() => prefer({ mutedUntil: 0 })}>
            {t("inbox.unmute")}
          </Button>
        </>
      )}
      <span className="soft">{t("inbox.soundHint")}</span>
    </p>
  );
}

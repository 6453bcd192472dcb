/** When it happened, where that counts: now, a little ago, or another time; never later than now. */
import { Input, Radio } from "antd";
import { instantOf, local } from "@shared/clock/beijing";
import { serverNow } from "@shared/clock/server";
import { useWords } from "@shared/words";

/** Where it stands beside the fields of the data. */
export const WHEN = "@when";
const AGO = "ago";
const AGO_MS = 5 * 60_000;

/** What is sent with the command; nothing: now. */
export function occurredAt(value: string | undefined): string | undefined {
  if (!value) return undefined;
  return value === AGO ? new Date(serverNow() - AGO_MS).toISOString() : instantOf(value);
}

interface Asked {
  value: string;
  onChange: (value: string) => void;
  disabled: boolean;
  /** Only what happened by then is taken. */
  by: string | undefined;
  wrong: string | undefined;
}

export function When({ value, onChange, disabled, by, wrong }: Asked) {
  const { t } = useWords();
  const chosen = value === "" || value === AGO ? value : "at";
  return (
    <div className="ask" data-path={WHEN}>
      <div className="asked">
        <span id="when-of">{t("act.when")}</span>
      </div>
      <Radio.Group
        className="chosen"
        aria-labelledby="when-of"
        disabled={disabled}
        value={chosen}
        onChange={(event) => onChange(event.target.value === "at" ? local(by ?? serverNow()) : String(event.target.value))}
      >
        <Radio value="" disabled={by !== undefined}>
          {t("act.now")}
        </Radio>
        <Radio value={AGO} disabled={by !== undefined}>
          {t("act.ago")}
        </Radio>
        <Radio value="at">{t("act.at")}</Radio>
      </Radio.Group>
      {chosen === "at" && (
        <Input
          type="datetime-local"
          aria-label={t("act.when")}
          disabled={disabled}
          max={local(by ?? serverNow())}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
      {wrong && (
        <span className="wrong" role="alert">
          {wrong}
        </span>
      )}
    </div>
  );
}

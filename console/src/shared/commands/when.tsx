/** When it happened, where that counts: now, a little ago, or another time; never later than now. */
import { Input, Radio } from "antd";
import { local } from "@shared/clock/beijing";
import { serverNow } from "@shared/clock/server";
import { useWords } from "@shared/words";
import { agoOf, answerOf, WHEN } from "./stated";

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
  const answer = answerOf(value, serverNow());
  const choose = (is: string) => onChange(is === "now" ? "" : is === "ago" ? agoOf(serverNow()) : local(by ?? serverNow()));
  return (
    <div className="ask" data-path={WHEN}>
      <div className="asked">
        <span id="when-of">{t("act.when")}</span>
      </div>
      <Radio.Group
        className="chosen"
        aria-labelledby="when-of"
        disabled={disabled}
        value={answer.is}
        onChange={(event) => choose(String(event.target.value))}
      >
        <Radio value="now" disabled={by !== undefined}>
          {t("act.now")}
        </Radio>
        <Radio value="ago" disabled={by !== undefined}>
          {t("act.ago")}
          {answer.is === "ago" && <span className="soft"> {answer.at.slice(-5)}</span>}
        </Radio>
        <Radio value="at">{t("act.at")}</Radio>
      </Radio.Group>
      {answer.is === "at" && (
        <Input
          type="datetime-local"
          aria-label={t("act.when")}
          disabled={disabled}
          max={local(by ?? serverNow())}
          value={answer.at}
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

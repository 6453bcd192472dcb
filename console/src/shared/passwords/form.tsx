/** A new password; every other browser of the person is signed out by it. */
import { Button, Input } from "antd";
import { useId, useState, type FormEvent } from "react";
import { ApiProblem } from "@shared/api/problems";
import { useCountdown } from "@shared/ui/countdown";
import { useWords } from "@shared/words";
import { useChangePassword } from "./queries";
import "./form.css";

const FIELDS = ["current", "new"] as const;

/** `done`: what follows, where it is more than saying so, and nothing else is to be done before. */
export function PasswordForm({ done }: { done?: () => void }) {
  const { t } = useWords();
  const change = useChangePassword();
  const [given, setGiven] = useState({ current: "", new: "" });
  const [wait, setWait] = useCountdown();
  const id = useId();
  const problem = change.error instanceof ApiProblem ? change.error : undefined;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    change.mutate(given, {
      onSuccess: () => {
        setGiven({ current: "", new: "" });
        done?.();
      },
      onError: (error) => error instanceof ApiProblem && setWait(error.retryAfter ?? 0),
    });
  };

  return (
    <form className="password" onSubmit={submit}>
      {FIELDS.map((name) => (
        <label key={name} className="field" htmlFor={`${id}-${name}`}>
          <span>{t(`me.${name}`)}</span>
          <Input.Password
            id={`${id}-${name}`}
            required
            maxLength={200}
            autoComplete={`${name}-password`}
            status={problem?.at(name) ? "error" : ""}
            aria-invalid={problem?.at(name) !== undefined}
            aria-describedby={`${id}-${name}-wrong`}
            value={given[name]}
            onChange={(event) => {
              setGiven((before) => ({ ...before, [name]: event.target.value }));
              // What was said was of what stood there before.
              if (!change.isIdle && !change.isPending) change.reset();
            }}
          />
          <span id={`${id}-${name}-wrong`} className="wrong">
            {problem?.at(name)}
          </span>
        </label>
      ))}
      <p role="alert" className="wrong">
        {wait > 0 && t("signIn.wait", { seconds: wait })}
        {change.error && !problem && t("noAnswer")}
        {problem && !problem.told.errors && wait === 0 && problem.message}
      </p>
      <p role="status">{change.isSuccess && t("me.changed")}</p>
      <Button type={done ? "primary" : "default"} htmlType="submit" loading={change.isPending} disabled={wait > 0}>
        {t("me.change")}
      </Button>
    </form>
  );
}

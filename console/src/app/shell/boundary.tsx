/** Where a page breaks it says so; the rest of the console stays, and what was typed is in its draft. */
import { Button } from "antd";
import { Component, type ReactNode } from "react";
import { useWords } from "@shared/words";

interface State {
  broken: boolean;
}

export class Boundary extends Component<{ children: ReactNode }, State> {
  override state: State = { broken: false };

  static getDerivedStateFromError(): State {
    return { broken: true };
  }

  override render() {
    return this.state.broken ? <Broken /> : this.props.children;
  }
}

function Broken() {
  const { t } = useWords();
  return (
    <div className="card broken" role="alert">
      <h1>{t("broken.title")}</h1>
      <p>{t("broken.text")}</p>
      <Button type="primary" onClick={() => location.reload()}>
        {t("broken.reload")}
      </Button>
    </div>
  );
}

/** Where a page breaks it says so; the rest of the console stays, and what was typed is in its draft. */
import { Button } from "antd";
import { Component, useEffect, useState, type ReactNode } from "react";
import { isReplaced } from "@shared/ui/build";
import { useWords } from "@shared/words";

interface State {
  broken?: "page" | "piece";
}

/** What browsers say of a piece of the console that did not come. */
const PIECE = /preload|dynamically imported module|importing a module/i;

export class Boundary extends Component<{ children: ReactNode }, State> {
  override state: State = {};

  static getDerivedStateFromError(error: unknown): State {
    return { broken: PIECE.test(String(error)) ? "piece" : "page" };
  }

  override render() {
    return this.state.broken ? <Broken what={this.state.broken} /> : this.props.children;
  }
}

function Broken({ what }: { what: "page" | "piece" }) {
  const { t } = useWords();
  // A piece of a build that has been replaced is nowhere any more, however good the network is.
  const [isOld, setIsOld] = useState(false);
  useEffect(() => {
    if (what === "piece") void isReplaced().then(setIsOld);
  }, [what]);
  return (
    <div className="card broken" role="alert">
      <h1>{t(`broken.${what}`)}</h1>
      <p>{t(what === "page" ? "broken.text" : isOld ? "newBuild.text" : "noAnswer")}</p>
      <Button type="primary" onClick={() => location.reload()}>
        {t("broken.reload")}
      </Button>
    </div>
  );
}

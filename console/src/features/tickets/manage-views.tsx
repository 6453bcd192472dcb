/** One's own lists: called otherwise, made of the present filters, shared, put in order, deleted. */
import { Button } from "antd";
import { useState } from "react";
import { ApiProblem } from "@shared/api/problems";
import type { Asked } from "@shared/tickets/queries";
import { useKeeping, viewLike, type KeptView } from "@shared/tickets/views";
import { Dialog } from "@shared/ui/dialog";
import { RecordForm } from "@shared/ui/form/record-form";
import { useWords } from "@shared/words";
import type { Shown } from "./columns";
import { LONGEST_NAME } from "./keep-view";
import { movedUp } from "./kept";

type Does = (act: () => Promise<unknown>, done?: string) => Promise<void>;

interface Managed {
  asked: Asked;
  columns: Shown[];
  views: readonly KeptView[];
  onClose: () => void;
}

export function ManageViews({ asked, columns, views, onClose }: Managed) {
  const { t } = useWords();
  const own = views.filter((each) => each.own);
  const [said, setSaid] = useState<{ text: string; isWrong: boolean }>();
  const [isBusy, setIsBusy] = useState(false);
  const does: Does = async (act, done) => {
    setIsBusy(true);
    setSaid(undefined);
    try {
      await act();
      if (done !== undefined) setSaid({ text: done, isWrong: false });
    } catch (error) {
      const told = error instanceof ApiProblem ? (error.told.errors?.[0]?.message ?? error.message) : t("noAnswer");
      setSaid({ text: told, isWrong: true });
    }
    setIsBusy(false);
  };
  return (
    <Dialog title={t("views.manageTitle")} onClose={onClose} className="manage-views">
      <p role={said?.isWrong ? "alert" : "status"} className={said?.isWrong ? "wrong" : "soft"}>
        {said?.text}
      </p>
      {own.length === 0 && <p className="soft">{t("views.none")}</p>}
      <ul className="own-views">
        {own.map((view, place) => (
          <li key={view.id}>
            <One view={view} own={own} asked={asked} columns={columns} isFirst={place === 0} isBusy={isBusy} does={does} />
          </li>
        ))}
      </ul>
      <Button onClick={onClose}>{t("close")}</Button>
    </Dialog>
  );
}

interface Given {
  view: KeptView;
  own: readonly KeptView[];
  asked: Asked;
  columns: Shown[];
  isFirst: boolean;
  isBusy: boolean;
  does: Does;
}

function One({ view, own, asked, columns, isFirst, isBusy, does }: Given) {
  const { t } = useWords();
  const { change, drop } = useKeeping();
  const [doing, setDoing] = useState<"name" | "drop">();
  const isPresent = viewLike([view], asked) !== undefined && view.columns.join() === columns.join();
  const up = async () => {
    // One after the other: each is changed as it stands.
    // oxlint-disable-next-line no-await-in-loop
    for (const { view: each, position } of movedUp(own, view.id)) await change(each, { position });
  };
  if (doing === "name") {
    return (
      <RecordForm
        name={`view ${view.id}`}
        asks={[{ name: "name", says: t("views.called"), needed: true, max: LONGEST_NAME }]}
        begun={{ name: view.name }}
        says={t("views.rename")}
        send={({ name = "" }) => change(view, { name: name.trim() })}
        done={() => setDoing(undefined)}
        close={() => setDoing(undefined)}
      />
    );
  }
  if (doing === "drop") {
    return (
      <p className="asked-once-more">
        <span dir="auto">{t("views.dropAsked", { name: view.name })}</span>
        <Button danger type="primary" disabled={isBusy} onClick={() => void does(() => drop(view), t("views.dropped"))}>
          {t("views.drop")}
        </Button>
        <Button onClick={() => setDoing(undefined)}>{t("views.stay")}</Button>
      </p>
    );
  }
  return (
    <>
      <b dir="auto">{view.name}</b>
      {view.to === undefined && <span className="soft">{t("views.elsewhere")}</span>}
      <label className="share">
        <input
          type="checkbox"
          checked={view.shared}
          disabled={isBusy}
          onChange={(event) => void does(() => change(view, { shared: event.target.checked }))}
        />
        {t("views.shared")}
      </label>
      <span className="does">
        <Button size="small" onClick={() => setDoing("name")} aria-label={t("views.renameOf", { name: view.name })}>
          {t("views.rename")}
        </Button>
        {!isPresent && (
          <Button
            size="small"
            disabled={isBusy}
            aria-label={t("views.updateOf", { name: view.name })}
            onClick={() => void does(() => change(view, { query: asked, columns }), t("views.updated"))}
          >
            {t("views.update")}
          </Button>
        )}
        {!isFirst && (
          <Button size="small" disabled={isBusy} aria-label={t("views.upOf", { name: view.name })} onClick={() => void does(up)}>
            {t("views.up")}
          </Button>
        )}
        <Button size="small" danger onClick={() => setDoing("drop")} aria-label={t("views.dropOf", { name: view.name })}>
          {t("views.drop")}
        </Button>
      </span>
    </>
  );
}

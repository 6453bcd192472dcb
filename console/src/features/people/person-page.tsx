/** One of them: what is known of them, by what they enter, and how they leave. */
import { App, Button } from "antd";
import { useState } from "react";
import { Link, useParams } from "react-router";
import { useReadAnew } from "@shared/confirmations/queries";
import { useDoes } from "@shared/records/does";
import { useSession } from "@shared/session";
import { Bars } from "@shared/ui/bars";
import { RecordForm } from "@shared/ui/form/record-form";
import { InUse } from "@shared/ui/state";
import { Trouble } from "@shared/ui/trouble";
import { useWords } from "@shared/words";
import { Access } from "./access";
import { useAsks } from "./asks";
import { changesOf, valuesOf } from "./body";
import { Leaving } from "./leaving";
import { changePerson, usePerson, type Person } from "./queries";
import "@shared/records/records.css";

export default function PersonPage() {
  const { person: id = "" } = useParams();
  const found = usePerson(id);
  if (found.error && !found.data) return <Trouble error={found.error} again={() => void found.refetch()} />;
  if (!found.data) return <Bars rows={8} />;
  return <One person={found.data} key={found.data.id} />;
}

function One({ person }: { person: Person }) {
  const { t } = useWords();
  const { message } = App.useApp();
  const readAnew = useReadAnew();
  const isOwn = useSession().id === person.id;
  const [isLeaving, setIsLeaving] = useState(false);
  const asks = useAsks(false);
  const before = valuesOf(person);
  const does = useDoes(readAnew);
  const back = () => does(() => changePerson(person.id, { active: true, version: person.version }), t("record.changed"));
  return (
    <div className="record">
      <p>
        <Link to="/people">‹ {t("menu.people")}</Link>
      </p>
      <h1>
        <span dir="auto">{person.name}</span> <span className="soft">{person.id}</span> <InUse active={person.active} />
      </h1>
      <section className="card">
        <h2>{t("people.known")}</h2>
        {person.also.length > 0 && <p>{t("people.also", { ids: person.also.join("; ") })}</p>}
        <RecordForm
          name={`person ${person.id}`}
          version={person.version}
          renew={readAnew}
          asks={asks}
          begun={before}
          says={t("record.change")}
          send={async (values, version) => {
            const changed = await changePerson(person.id, { ...changesOf(before, values), version });
            if (changed.awaits_parting) void message.info(t("people.awaitsParting"), 8);
            if (changed.awaits) void message.info(t("people.awaits", { email: changed.awaits }), 8);
            else if (!changed.awaits_parting) void message.success(t("record.changed"));
          }}
          done={() => undefined}
        />
      </section>
      <Access person={person} />
      <section className="card">
        <h2>{t("people.leave")}</h2>
        {isOwn && <p className="soft">{t("people.notOneself")}</p>}
        {!isOwn && person.active && (
          <p>
            <Button danger onClick={() => setIsLeaving(true)}>
              {t("people.deactivate")}
            </Button>
          </p>
        )}
        {!isOwn && !person.active && (
          <p>
            {t("people.isGone")} <Button onClick={() => void back()}>{t("people.bringBack")}</Button>
          </p>
        )}
      </section>
      {isLeaving && <Leaving person={person} close={() => setIsLeaving(false)} />}
    </div>
  );
}

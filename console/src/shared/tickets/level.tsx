/** A level: its name, and bars for its place on the scale of its pack. Never colour. */
import { useStanding } from "./levels";

export function Level({ pack, level }: { pack: string | null | undefined; level: string }) {
  const { name, place, of } = useStanding()(pack, level);
  return (
    <span className="graded">
      <span className="name">{name}</span>
      {of > 0 && (
        <svg className="scale" viewBox={`0 0 ${of * 5} 12`} width={of * 5} height="12" aria-hidden="true">
          {Array.from({ length: of }, (_, bar) => (
            <rect key={bar} className={bar < of - place ? "full" : "empty"} x={bar * 5 + 0.5} y="1.5" width="3" height="9" rx="0.5" />
          ))}
        </svg>
      )}
    </span>
  );
}

/** What somebody types, once they pause. */
import { useEffect, useState } from "react";

const PAUSE_MS = 250;

export function useSoon<T>(value: T): T {
  const [soon, setSoon] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSoon(value), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return soon;
}

/** A dialog of the browser's own: it keeps the focus inside, closes by Esc and gives the focus back. */
import { useEffect, useId, useRef, type ReactNode } from "react";
import "./dialog.css";

interface Asked {
  title: string;
  children: ReactNode;
  /** Without it the dialog stays until what it asks is done. */
  onClose?: () => void;
  className?: string;
}

export function Dialog({ title, children, onClose, className }: Asked) {
  const ref = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const dialog = ref.current;
    dialog?.showModal();
    // What is known already stands before it.
    dialog?.querySelector<HTMLElement>("[data-first]")?.focus();
    return () => dialog?.close();
  }, []);
  return (
    <dialog
      ref={ref}
      className={`dialog ${className ?? ""}`}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose?.();
      }}
    >
      <h1 id={id}>{title}</h1>
      {children}
    </dialog>
  );
}

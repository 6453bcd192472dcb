/** Saves a file as the browser saves what somebody downloads. */
export function save(blob: Blob, name: string): void {
  const at = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = at;
  link.download = name;
  link.click();
  // It has begun by then; what is kept longer is kept for ever.
  setTimeout(() => URL.revokeObjectURL(at), 60_000);
}

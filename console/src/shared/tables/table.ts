/** A table on its way: the file itself, and whether it is only looked at. */
import { formOf } from "./faults";

export const tableOf = (file: File, check: boolean) => ({
  params: { query: { check } },
  body: file as never,
  bodySerializer: (body: unknown) => body as BodyInit,
  headers: { "Content-Type": formOf(file.name, file.type) },
});

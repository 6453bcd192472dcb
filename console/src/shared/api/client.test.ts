import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { stored } from "@shared/drafts/stored";
import type { api as Api, carry as Carry, onSignedOut as OnSignedOut } from "./client";

/** Who is signed in there, and what came. */
let session = { id: "zhou", csrf: "new" };
let came: string[] = [];
let isClosed = false;
let server: Server;
let api: typeof Api;
let carry: typeof Carry;
let onSignedOut: typeof OnSignedOut;

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}

beforeAll(async () => {
  server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      const isAllowed = request.method === "GET" || (!isClosed && request.headers["x-csrf-token"] === session.csrf);
      came.push(`${request.method} ${request.url} ${body}`.trim());
      response.writeHead(isAllowed ? 200 : 403, { "content-type": "application/json", "x-request-id": "r" });
      response.end(JSON.stringify(request.method === "GET" ? session : { detail: "csrf" }));
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  vi.stubGlobal("location", { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
  vi.stubGlobal("localStorage", stored());
  ({ api, carry, onSignedOut } = await import("./client"));
});

afterAll(() => {
  server.close();
  vi.unstubAllGlobals();
});

beforeEach(() => {
  session = { id: "zhou", csrf: "new" };
  came = [];
});

const read = () => api.POST("/api/inbox/read", { body: { up_to: "m" } });

it("a change goes through although the same person has signed in anew elsewhere, whole and once more", async () => {
  carry({ id: "zhou", csrf: "old" });
  await read();
  const change = 'POST /api/inbox/read {"up_to":"m"}';
  expect(came).toEqual([change, "GET /api/session", change]);
  await read();
  expect(came.slice(3)).toEqual([change]);
});

it("what is refused with the right proof is refused, and sent once", async () => {
  carry({ id: "zhou", csrf: "new" });
  isClosed = true;
  await expect(read()).rejects.toThrow("csrf");
  isClosed = false;
  expect(came).toHaveLength(2);
});

it("nothing is done in the name of somebody else who is signed in by now", async () => {
  carry({ id: "zhou", csrf: "old" });
  session = { id: "li", csrf: "theirs" };
  let isOver = false;
  const forget = onSignedOut(() => (isOver = true));
  await expect(read()).rejects.toThrow("csrf");
  forget();
  expect(isOver).toBe(true);
  expect(came).toHaveLength(2);
});

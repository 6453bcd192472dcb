/** The line between a phone and the server: it can be cut, go dead, and lose an answer behind a server that has taken what was sent. */
import { createServer, connect, type Socket } from "node:net";

export interface Line {
  address: string;
  cut: () => Promise<void>;
  join: () => Promise<void>;
  /** From now on it leads there; what is open is cut. */
  leadTo: (address: string) => void;
  /** The next answer to such a request is lost. */
  lose: (request: RegExp) => void;
  lost: () => number;
  /** On the connection that such a request comes by, one for each, nothing is carried any more, and nobody is told. */
  deaden: (...requests: RegExp[]) => void;
  dead: () => number;
  close: () => Promise<void>;
}

export async function line(to: string): Promise<Line> {
  let { hostname, port } = new URL(to);
  const open = new Set<Socket>();
  let losing: RegExp | undefined;
  let lost = 0;
  let deadening: RegExp[] = [];
  let dead = 0;

  const carry = (near: Socket) => {
    const far = connect(Number(port), hostname);
    let [isDoomed, isDead] = [false, false];
    for (const end of [near, far]) {
      open.add(end);
      end.on("error", () => undefined);
      end.on("close", () => {
        open.delete(end);
        near.destroy();
        far.destroy();
      });
    }
    near.on("data", (bytes) => {
      const found = deadening.find((request) => request.test(bytes.toString("latin1")));
      if (found !== undefined) {
        deadening = deadening.filter((request) => request !== found);
        isDead = true;
        dead += 1;
      }
      if (isDead) return;
      if (losing?.test(bytes.toString("latin1")) === true) {
        losing = undefined;
        isDoomed = true;
      }
      far.write(bytes);
    });
    far.on("data", (bytes) => {
      if (!isDoomed) return void near.write(bytes);
      lost += 1;
      return near.destroy();
    });
  };

  let server = createServer(carry);
  const listen = (at: number) => new Promise<void>((done) => server.listen(at, "127.0.0.1", done));
  await listen(0);
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  const cut = () =>
    new Promise<void>((done) => {
      server.close(() => done());
      for (const end of open) end.destroy();
    });
  const leadTo = (other: string) => {
    ({ hostname, port } = new URL(other));
    for (const end of open) end.destroy();
  };
  return {
    leadTo,
    address: `http://127.0.0.1:${address.port}`,
    cut,
    join: () => {
      server = createServer(carry);
      return listen(address.port);
    },
    lose: (request) => {
      losing = request;
    },
    lost: () => lost,
    deaden: (...requests) => {
      deadening = requests;
    },
    dead: () => dead,
    close: () => cut().catch(() => undefined),
  };
}

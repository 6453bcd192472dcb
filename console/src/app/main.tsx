import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { BrowserRouter } from "react-router";
import { PATIENCE_MS, waitAtMost } from "@shared/api/client";
import { ApiProblem } from "@shared/api/problems";
import { sweep } from "@shared/drafts/drafts";
import { own } from "@shared/keys/keys";
import { SessionProvider } from "@shared/session";
import { Look } from "@shared/ui/look";
import { begin } from "@shared/words";
import { Boundary } from "./shell/boundary";
import { Console } from "./console";
import "@shared/ui/base.css";

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      // What the API refuses it refuses again; a server that is away comes back.
      retry: (count, error) => count < 3 && !(error instanceof ApiProblem && error.status < 500),
      retryDelay: (count, error) =>
        (error instanceof ApiProblem && error.retryAfter ? error.retryAfter : 2 ** count) * 1000,
    },
  },
});

const root = document.querySelector("#root");
if (root === null) throw new Error("no #root");
waitAtMost(PATIENCE_MS);
own();
sweep();
await begin();
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <Look>
        <Boundary>
          <SessionProvider>
            <BrowserRouter>
              <Console />
            </BrowserRouter>
          </SessionProvider>
        </Boundary>
      </Look>
    </QueryClientProvider>
  </StrictMode>,
);

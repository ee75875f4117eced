/** The frame of every page: who is signed in, where one can go, and what is shown. */
import type { Answered } from "ttw-client";
import { useEffect, useRef, useState } from "preact/hooks";
import { formNamed } from "./forms/all.ts";
import { dropAll } from "./forms/drafts.ts";
import { Alert, Refused } from "./parts/ask.tsx";
import { go, isNumber, useRoute } from "./route.ts";
import { type Me, ask, client, enter, forget, onSignInOver, signInAgain, signOut } from "./session.ts";
import { AutomaticRun } from "./views/automatic_run.tsx";
import { Assignability, Unclaimed } from "./views/caseload.tsx";
import { Check } from "./views/check.tsx";
import { Filed, OneFiled } from "./views/filed.tsx";
import { FormView } from "./views/filing.tsx";
import { Home } from "./views/home.tsx";
import { Queue } from "./views/queue.tsx";
import { Recovery } from "./views/recovery.tsx";
import { Rule, Rules } from "./views/rules.tsx";
import { SignIn } from "./views/sign_in.tsx";
import { Ticket } from "./views/ticket.tsx";
import { Verification } from "./views/verification.tsx";
import { WorkCase } from "./views/work_case.tsx";

/** Where one can go from everywhere, by who one is. */
function ways({ organization, roles }: Me): [string, string][] {
  const isManager = roles.includes("program_manager");
  const claims = organization !== undefined && organization !== null && organization.kind !== "state_vr";
  return [
    ["", "Home"],
    ...(claims ? ([["check", "Check eligibility"], ["filed/payment-requests", "Payment requests"], ["unclaimed", "Unclaimed payments"]] as [string, string][]) : []),
    ...(organization || isManager ? ([["assignability", "Ticket assignability"]] as [string, string][]) : []),
    ...(isManager ? ([["queue", "Work queue"], ["automatic-run", "Automatic run"], ["recovery", "Recovery"]] as [string, string][]) : []),
    ...(isManager || roles.includes("field_office") ? ([["verification", "Verification"]] as [string, string][]) : []),
    ...(roles.includes("beneficiary") ? ([["ticket", "My ticket"]] as [string, string][]) : []),
    ["rules", "Rules"],
  ];
}

function View({ route: [first, second, third], me }: { route: string[]; me: Me }) {
  const form = formNamed(second);
  switch (first) {
    case undefined:
      return <Home me={me} />;
    case "forms":
      return form ? <FormView key={form.path} form={form} me={me} stage={third} /> : <Nowhere />;
    case "filed":
      if (!form) return <Nowhere />;
      if (!third) return <Filed key={form.path} form={form} />;
      return isNumber(third) ? <OneFiled key={third} form={form} number={third} me={me} /> : <Nowhere />;
    case "check":
      return <Check />;
    case "unclaimed":
      return <Unclaimed />;
    case "assignability":
      return <Assignability />;
    case "queue":
      if (!second) return <Queue />;
      return isNumber(second) ? <WorkCase key={second} number={second} me={me} /> : <Nowhere />;
    case "automatic-run":
      return <AutomaticRun />;
    case "recovery":
      return <Recovery />;
    case "verification":
      return <Verification key={second} of={second} />;
    case "ticket":
      return <Ticket />;
    case "rules":
      return <Law id={second} />;
    default:
      return <Nowhere />;
  }
}

const Law = ({ id }: { id: string | undefined }) => (id ? <Rule id={id} /> : <Rules />);

function Nowhere() {
  return (
    <>
      <h1>There is no such page</h1>
      <p><a href="#/">To the start</a></p>
    </>
  );
}

/** The heading of what is shown is the title of the page, and what the reader comes to. */
function useHeading(route: string): void {
  const before = useRef(route);
  useEffect(() => {
    const main = document.getElementById("main");
    if (!main) return undefined;
    const tell = () => {
      const heading = main.querySelector("h1");
      if (!heading) return;
      document.title = `${heading.textContent} | ${NAME}`;
      if (before.current === route) return;
      before.current = route;
      heading.tabIndex = -1;
      heading.focus({ preventScroll: true });
    };
    tell();
    const watch = new MutationObserver(tell);
    watch.observe(main, { childList: true, subtree: true, characterData: true });
    return () => watch.disconnect();
  }, [route]);
}

const NAME = "Ticket to Work provider portal";

type Who = Answered<Me> | "nobody" | "refused";

export function App() {
  const route = useRoute();
  const [me, setMe] = useState<Who>();
  const [isOver, setOver] = useState(false);
  // A form is one place from its first field to its confirmation.
  useHeading((route[0] === "forms" ? route.slice(0, 2) : route).join("/"));

  async function come() {
    const entry = await enter();
    setMe(entry === "signed in" ? await ask(client.GET("/v1/me")) : entry);
  }
  useEffect(() => {
    void come();
    onSignInOver(() => setOver(true));
  }, []);

  async function leave() {
    dropAll();
    setOver(false);
    go();
    await signOut();
    setMe("nobody");
  }

  async function comeAgain() {
    if (await signInAgain()) setOver(false);
  }

  const known = typeof me === "object" && me.ok ? me.data : undefined;
  // A sign-in that was over before anything was shown is none.
  const isNobody = typeof me === "object" && !me.ok && me.problem.status === 401;
  useEffect(() => {
    if (isNobody) void forget().then(() => (setOver(false), setMe("nobody")));
  }, [isNobody]);

  return (
    <>
      <a class="usa-skipnav" href="#main" onClick={(event) => (event.preventDefault(), document.getElementById("main")?.focus())}>Skip to main content</a>
      <header class="usa-header usa-header--basic">
        <div class="usa-nav-container padding-y-1 padding-x-2">
          <div class="usa-navbar margin-right-4">
            <div class="usa-logo text-no-wrap margin-left-0"><em class="usa-logo__text"><a href="#/">{NAME}</a></em></div>
          </div>
          {known && (
            <nav aria-label="Primary navigation" class="display-flex flex-wrap flex-align-center">
              {ways(known).map(([path, label]) => (
                <a key={path} class="usa-link margin-right-2" href={`#/${path}`} {...(route.join("/") === path && { "aria-current": "page" })}>{label}</a>
              ))}
              <button type="button" class="usa-button usa-button--unstyled" onClick={() => void leave()}>Sign out, {known.name}</button>
            </nav>
          )}
        </div>
      </header>
      <main id="main" tabIndex={-1} class="grid-container padding-y-4 quiet">
        {isOver && known && (
          <Alert kind="warning" title="Your sign-in has ended">
            <p>What you have entered is still here. Sign in again, and go on.</p>
            <button type="button" class="usa-button" onClick={() => void comeAgain()}>Sign in again</button>
          </Alert>
        )}
        {me === undefined && <p role="status">Loading…</p>}
        {(me === "nobody" || me === "refused") && (route[0] === "rules" ? <Law id={route[1]} /> : <SignIn wasRefused={me === "refused"} />)}
        {known && <View route={route} me={known} />}
        {typeof me === "object" && !me.ok && !isNobody && (
          <>
            <h1>{NAME}</h1>
            <Refused problem={me.problem} />
            <p>
              <button type="button" class="usa-button" onClick={() => void come()}>Try again</button>
              <button type="button" class="usa-button usa-button--outline" onClick={() => void leave()}>Sign out</button>
            </p>
          </>
        )}
      </main>
      <footer class="usa-footer">
        <div class="grid-container padding-y-2 font-sans-2xs text-base-dark">This is not an official publication of the Social Security Administration.</div>
      </footer>
    </>
  );
}

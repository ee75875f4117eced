/** The frame of every page: who is signed in, where one can go, and what is shown. */
import type { Answered } from "ttw-client";
import { useEffect, useState } from "preact/hooks";
import { formNamed } from "./forms/all.ts";
import { Refused } from "./parts/ask.tsx";
import { go, useRoute } from "./route.ts";
import { type Me, ask, client, forget, isSignedIn, signOut } from "./session.ts";
import { AutomaticRun } from "./views/automatic_run.tsx";
import { Assignability, Unclaimed } from "./views/caseload.tsx";
import { Check } from "./views/check.tsx";
import { Filed, OneFiled } from "./views/filed.tsx";
import { FormView } from "./views/form.tsx";
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
      return form ? <FormView key={form.path} form={form} me={me} /> : <Nowhere />;
    case "filed":
      if (!form) return <Nowhere />;
      return third ? <OneFiled key={third} form={form} number={third} me={me} /> : <Filed key={form.path} form={form} />;
    case "check":
      return <Check />;
    case "unclaimed":
      return <Unclaimed />;
    case "assignability":
      return <Assignability />;
    case "queue":
      return second ? <WorkCase key={second} number={second} me={me} /> : <Queue />;
    case "automatic-run":
      return <AutomaticRun />;
    case "recovery":
      return <Recovery />;
    case "verification":
      return <Verification key={second} of={second} />;
    case "ticket":
      return <Ticket />;
    case "rules":
      return second ? <Rule id={second} /> : <Rules />;
    default:
      return <Nowhere />;
  }
}

function Nowhere() {
  return (
    <>
      <h1>There is no such page</h1>
      <p><a href="#/">To the start</a></p>
    </>
  );
}

export function App() {
  const route = useRoute();
  const [me, setMe] = useState<Answered<Me> | "nobody">();

  useEffect(() => {
    async function enter() {
      if (!(await isSignedIn())) return setMe("nobody");
      const told = await ask(client.GET("/v1/me"));
      const isOver = !told.ok && told.problem.status === 401;
      if (isOver) await forget();
      setMe(isOver ? "nobody" : told);
    }
    void enter();
  }, []);

  async function leave() {
    go();
    await signOut();
    setMe("nobody");
  }

  const known = me !== undefined && me !== "nobody" && me.ok ? me.data : undefined;

  return (
    <>
      <a class="usa-skipnav" href="#main" onClick={(event) => (event.preventDefault(), document.getElementById("main")?.focus())}>Skip to main content</a>
      <div class="usa-overlay" />
      <header class="usa-header usa-header--basic">
        <div class="usa-nav-container padding-y-1">
          <div class="usa-navbar">
            <div class="usa-logo text-no-wrap"><em class="usa-logo__text"><a href="#/">Ticket to Work provider portal</a></em></div>
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
        {me === undefined && <p role="status">Loading…</p>}
        {me === "nobody" && <SignIn />}
        {known && <View route={route} me={known} />}
        {me !== undefined && me !== "nobody" && !me.ok && <Refused problem={me.problem} />}
      </main>
      <footer class="usa-footer">
        <div class="grid-container padding-y-2 font-sans-2xs text-base-dark">This is not an official publication of the Social Security Administration.</div>
      </footer>
    </>
  );
}

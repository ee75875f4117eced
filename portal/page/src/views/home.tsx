import { formsOf, slug } from "../forms/all.ts";
import { Alert } from "../parts/ask.tsx";
import { to } from "../route.ts";
import type { Me } from "../session.ts";
import { KIND, day, today } from "../words.ts";

/** What somebody without an organization can do here, by the role. */
const WAYS: Readonly<Record<string, { says: string; way?: [path: string, label: string] }>> = {
  program_manager: { says: "You decide the claims of providers.", way: ["queue", "Work queue"] },
  beneficiary: { says: "You can see your ticket, what was paid on it and what was filed about it.", way: ["ticket", "My ticket"] },
  field_office: { says: "You verify earnings.", way: ["verification", "Verification"] },
};

export function Home({ me }: { me: Me }) {
  const forms = formsOf(me);
  return (
    <>
      <h1>Welcome, {me.name}</h1>
      {me.organization ? <Organization of={me.organization} /> : <Ways roles={me.roles} />}
      {forms.length > 0 && <h2>Forms</h2>}
      <ul class="usa-card-group">
        {forms.map((form) => (
          <li key={form.path} class="usa-card tablet:grid-col-6">
            <div class="usa-card__container">
              <div class="usa-card__header">
                <h3 class="usa-card__heading">{form.name}</h3>
              </div>
              <div class="usa-card__body">
                <p>{form.purpose}</p>
                {form.by && !form.by.roles.some((role) => me.roles.includes(role)) && <p><strong>Not by you:</strong> {form.by.text}</p>}
              </div>
              <div class="usa-card__footer">
                <a class="usa-button" href={to("forms", slug(form))} aria-label={`Fill in: ${form.name}`}>Fill in</a>
                <a class="usa-button usa-button--outline" href={to("filed", slug(form))} aria-label={`Filed: ${form.name}`}>Filed</a>
              </div>
            </div>
          </li>
        ))}
      </ul>
    </>
  );
}

function Organization({ of: { name, kind, provider, ein, agreement_ends_on: agreement, sam_expires_on: sam } }: { of: NonNullable<Me["organization"]> }) {
  const isOver = (last: string) => last < today();
  return (
    <>
      <div class="usa-summary-box">
        <div class="usa-summary-box__body">
          <h2 class="usa-summary-box__heading">{name}</h2>
          <div class="usa-summary-box__text">
            {KIND[kind]}, PID {provider}, EIN {ein}.
            {agreement && !isOver(agreement) && ` The agreement ends on ${day(agreement)}.`}
            {sam && !isOver(sam) && ` The SAM registration expires on ${day(sam)}.`}
          </div>
        </div>
      </div>
      {agreement && isOver(agreement) && <Alert kind="warning">The agreement ended on {day(agreement)}.</Alert>}
      {sam && isOver(sam) && <Alert kind="warning">The SAM registration expired on {day(sam)}.</Alert>}
    </>
  );
}

function Ways({ roles }: { roles: readonly string[] }) {
  const ways = roles.flatMap((role) => WAYS[role] ?? []);
  return (
    <>
      {ways.map(({ says, way }) => (
        <p key={says}>{says}{way && <> <a href={to(way[0])}>{way[1]}</a></>}</p>
      ))}
      <p>The <a href={to("rules")}>rules</a> can be read by everybody.</p>
    </>
  );
}

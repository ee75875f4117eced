import { formsOf, slug } from "../forms/all.ts";
import { to } from "../route.ts";
import type { Me } from "../session.ts";
import { KIND, day } from "../words.ts";

export function Home({ me }: { me: Me }) {
  const { organization } = me;
  const forms = formsOf(me);
  return (
    <>
      <h1>Welcome, {me.name}</h1>
      {organization && (
        <div class="usa-summary-box">
          <div class="usa-summary-box__body">
            <h2 class="usa-summary-box__heading">{organization.name}</h2>
            <div class="usa-summary-box__text">
              {KIND[organization.kind]}, PID {organization.provider}, EIN {organization.ein}.
              {organization.agreement_ends_on && ` The agreement ends on ${day(organization.agreement_ends_on)}.`}
              {organization.sam_expires_on && ` The SAM registration expires on ${day(organization.sam_expires_on)}.`}
            </div>
          </div>
        </div>
      )}
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
              </div>
              <div class="usa-card__footer">
                <a class="usa-button" href={to("forms", slug(form))} aria-label={`Fill in: ${form.name}`}>Fill in</a>
                <a class="usa-button usa-button--outline" href={to("filed", slug(form))} aria-label={`What was filed: ${form.name}`}>Filed</a>
              </div>
            </div>
          </li>
        ))}
      </ul>
    </>
  );
}

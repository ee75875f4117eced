/** A form as the API read it, locked. */
import { type Json, at, filled } from "../forms/draft.ts";
import type { Form, Known } from "../forms/form.ts";
import { type Shown, bySection, groups, label } from "../forms/layout.ts";
import { day, money, month } from "../words.ts";

/** A value as it is read: a choice by its label, an amount in dollars, a number of a person by its last four digits. */
function written({ field, place }: Shown, value: Json): string {
  const called = (code: Json) => {
    const choices = field.kind === "one" || field.kind === "some" ? field.of(place) : [];
    return choices.find((choice) => choice.code === `${code}`)?.label ?? `${code}`;
  };
  switch (field.kind) {
    case "some":
      return Array.isArray(value) ? value.map(called).join(", ") : called(value);
    case "one":
      return called(value);
    case "yes":
    case "yes_no":
      return value === true ? "Yes" : "No";
    case "money":
      return /hours/i.test(typeof field.label === "string" ? field.label : "") ? `${value}` : money(`${value}`);
    case "date":
      return day(`${value}`);
    case "month":
      return month(`${value}`);
    default:
      return `${value}`;
  }
}

export function Document({ form, known, of: document }: { form: Form; known: Known; of: Json }) {
  const shown = groups(form, document, known);
  const holds = (each: Shown) => filled(at(document, each.pointer)) !== undefined;
  return (
    <div class="bg-base-lightest padding-2 maxw-tablet">
      {[...bySection(shown)].map(([section, held]) => {
        const groups = held.filter((group) => group.fields.some(holds));
        return groups.length > 0 && (
          <section key={section.title}>
            <h2 class="font-heading-md margin-bottom-1">{section.title}</h2>
            {groups.map((group) => (
              <div key={group.row ?? 0}>
                {group.row !== undefined && <h3 class="font-heading-sm margin-bottom-0">{section.rows?.name} {group.row + 1}</h3>}
                <dl class="margin-top-1">
                  {group.fields.filter(holds).map((each) => (
                    <div key={each.pointer} class="grid-row grid-gap">
                      <dt class="tablet:grid-col-6 text-base-darker">{label(each)}</dt>
                      <dd class="tablet:grid-col-6 margin-0">{written(each, at(document, each.pointer))}</dd>
                    </div>
                  ))}
                </dl>
              </div>
            ))}
          </section>
        );
      })}
    </div>
  );
}


import type { Schema } from "ttw-client";
import { at } from "./draft.ts";
import { type Choices, type Field, type Place, formOf } from "./form.ts";

type Question = Schema<"PeriodQuestion">;

const PERIODS: Choices = Array.from({ length: 7 }, (_, place) => ({ code: `${place + 1}`, label: `Period ${place + 1}` }));

/** What is asked in the period of a row; nothing before it is chosen. */
const asked = ({ row, known }: Place): readonly Question[] =>
  known.questions.find(({ period }) => `${period}` === `${at(row, "/tpr_period")}`)?.questions ?? [];

/** A question of the period, in its own words. */
const question = (id: keyof Schema<"ProgressAnswers">): Field => {
  const of = (place: Place) => asked(place).find((each) => each.id === id);
  return { kind: "yes_no", label: (place) => of(place)?.text ?? "", when: (place) => of(place) !== undefined };
};

/** The figure or the day that goes with a question of the period. */
const detail = (id: keyof Schema<"ProgressFigures">, kind: "number" | "date"): Field => {
  const of = (place: Place) => asked(place).flatMap(({ figure, day }) => [figure, day]).find((each) => each?.id === id);
  return { kind, label: (place) => of(place)?.text ?? "", isOptional: true, when: (place) => of(place) !== undefined };
};

export const progressReview = formOf<Schema<"ProgressReview">>()({
  path: "/v1/progress-reviews",
  name: "Timely Progress Review Response",
  purpose: "Tell what ticket holders under review have reached.",
  sections: [
    {
      title: "Ticket holders",
      rows: { of: "responses", name: "Ticket holder" },
      fields: {
        "responses/*/ssn": { kind: "ssn", label: "Beneficiary SSN", hint: "Nine digits." },
        "responses/*/tpr_period": { kind: "one", of: () => PERIODS, isNumber: true, label: "Period under review", hint: "Its questions follow once it is chosen." },
        "responses/*/answers/q_work_met": question("q_work_met"),
        "responses/*/figures/months_worked": detail("months_worked", "number"),
        "responses/*/answers/q_no_cash": question("q_no_cash"),
        "responses/*/answers/q_ged_hs": question("q_ged_hs"),
        "responses/*/answers/q_college_pct": question("q_college_pct"),
        "responses/*/figures/college_pct": detail("college_pct", "number"),
        "responses/*/answers/q_tech_pct": question("q_tech_pct"),
        "responses/*/figures/tech_pct": detail("tech_pct", "number"),
        "responses/*/answers/q_deg_2yr": question("q_deg_2yr"),
        "responses/*/answers/q_acad_year": question("q_acad_year"),
        "responses/*/figures/year_pct": detail("year_pct", "number"),
        "responses/*/answers/q_tech_program": question("q_tech_program"),
        "responses/*/answers/q_deg_4yr": question("q_deg_4yr"),
        "responses/*/figures/completed_on": detail("completed_on", "date"),
        "responses/*/answers/q_combination": question("q_combination"),
        "responses/*/progress_not_made": { kind: "yes", label: "Timely progress was not made", hint: "Only where every answer is no.", isOptional: true },
      },
    },
  ],
});

import type { Schema } from "ttw-client";
import { at } from "./draft.ts";
import { type Field, type Place, formOf } from "./form.ts";

type Question = Schema<"PeriodQuestion">;

/** What is asked in the period of a row; nothing before it is entered. The last period's questions are those of all later ones. */
function asked({ row, known }: Place): readonly Question[] {
  const period = Number(at(row, "/tpr_period"));
  const last = Math.max(...known.questions.map((each) => each.period));
  return known.questions.find((each) => each.period === Math.min(period, last))?.questions ?? [];
}

/** A question of the period, in its own words. */
const question = (id: keyof Schema<"ProgressAnswers">): Field => {
  const of = (place: Place) => asked(place).find((each) => each.id === id);
  return { kind: "yes_no", label: (place) => of(place)?.text ?? "", when: (place) => of(place) !== undefined };
};

/** The figure that goes with a question of the period. */
const figure = (id: keyof Schema<"ProgressFigures">): Field => {
  const of = (place: Place) => asked(place).find((each) => each.figure?.id === id)?.figure;
  return { kind: "number", label: (place) => of(place)?.text ?? "", isOptional: true, when: (place) => of(place) !== undefined };
};

/** Whether something is answered with yes that was completed on a day. */
const isCompleted = (place: Place): boolean => asked(place).some(({ id, day }) => day && at(place.row, `/answers/${id}`) === true);

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
        "responses/*/tpr_period": { kind: "number", label: "Number of the period under review", hint: "Its questions follow once it is entered." },
        "responses/*/answers/q_work_met": question("q_work_met"),
        "responses/*/figures/months_worked": figure("months_worked"),
        "responses/*/answers/q_no_cash": question("q_no_cash"),
        "responses/*/answers/q_ged_hs": question("q_ged_hs"),
        "responses/*/answers/q_college_pct": question("q_college_pct"),
        "responses/*/figures/college_pct": figure("college_pct"),
        "responses/*/answers/q_tech_pct": question("q_tech_pct"),
        "responses/*/figures/tech_pct": figure("tech_pct"),
        "responses/*/answers/q_deg_2yr": question("q_deg_2yr"),
        "responses/*/answers/q_acad_year": question("q_acad_year"),
        "responses/*/figures/year_pct": figure("year_pct"),
        "responses/*/answers/q_tech_program": question("q_tech_program"),
        "responses/*/answers/q_deg_4yr": question("q_deg_4yr"),
        "responses/*/figures/completed_on": {
          kind: "date",
          label: "Day on which the diploma, degree or program was completed",
          isOptional: true,
          when: isCompleted,
        },
        "responses/*/answers/q_combination": question("q_combination"),
        "responses/*/progress_not_made": { kind: "yes", label: "Timely progress was not made", hint: "Only where every answer is no.", isOptional: true },
      },
    },
  ],
});

/** The rules as the engine has them, with their sources. */
import type { Schema } from "ttw-client";
import { Answer, useAnswer } from "../parts/ask.tsx";
import { Markdown } from "../parts/markdown.tsx";
import { RuleLinks } from "../parts/rule_links.tsx";
import { Table } from "../parts/table.tsx";
import { to } from "../route.ts";
import { ask, client } from "../session.ts";
import { payment, ruleName, sentence } from "../words.ts";
import { Parameters } from "./parameters.tsx";

export function Rules() {
  const [told] = useAnswer(() => ask(client.GET("/v1/rules")), "rules");
  return (
    <>
      <h1>Rules</h1>
      <Answer of={told}>
        {({ rules, policy_differences, rules_version }) => (
          <>
            <p>Rules version {rules_version}. The amounts, counts and days they use are <a href={to("rules", "parameters")}>parameters</a>.</p>
            {[...new Set(rules.map(({ heading }) => heading))].map((heading) => (
              <Table
                key={heading}
                caption={heading}
                rows={rules.filter((rule) => rule.heading === heading)}
                empty=""
                columns={[
                  { head: "Rule", cell: (rule) => <RuleLinks of={[rule.id]} /> },
                  { head: "Name", cell: (rule) => ruleName(rule.name) },
                  { head: "In short", cell: (rule) => rule.summary },
                ]}
              />
            ))}
            <Differences of={policy_differences} />
          </>
        )}
      </Answer>
    </>
  );
}

function Differences({ of }: { of: readonly Schema<"PolicyDifference">[] }) {
  return (
    <Table
      caption="Where the two policies differ"
      rows={of}
      empty="The two policies are the same."
      columns={[
        { head: "What", cell: ({ field }) => ruleName(field) },
        { head: "Operations", cell: ({ operations, operations_source }) => <Reading says={operations} source={operations_source} /> },
        { head: "Regulation", cell: ({ regulation, regulation_source }) => <Reading says={regulation} source={regulation_source} /> },
        { head: "Rules", cell: ({ rules }) => <RuleLinks of={rules} /> },
      ]}
    />
  );
}

function Reading({ says, source }: { says: string; source: string }) {
  return <>{says} <span class="display-block text-base-dark">{source}</span></>;
}

/** One rule, by its id; the parameters stand beside the rules. */
export const Rule = ({ id }: { id: string }) => (id === "parameters" ? <Parameters /> : <OneRule id={id} />);

function OneRule({ id }: { id: string }) {
  const [told] = useAnswer(() => ask(client.GET("/v1/rules/{id}", { params: { path: { id } } })), id);
  return (
    <>
      <h1>{told?.ok ? `${id}: ${ruleName(told.data.name)}` : `Rule ${id}`}</h1>
      <Answer of={told}>
        {(rule) => (
          <>
            <Markdown of={rule.page} />
            <dl>
              <dt>Heading of the checklist</dt>
              <dd>{rule.heading}</dd>
              <dt>Part in an answer</dt>
              <dd>{sentence(rule.role)}</dd>
              <dt>Where it is applied</dt>
              <dd>{rule.used_in}</dd>
              {rule.asked_of.length > 0 && (
                <>
                  <dt>Asked of</dt>
                  <dd>{rule.asked_of.map((name) => KINDS[name] ?? payment(name)).join(", ")}</dd>
                </>
              )}
            </dl>
          </>
        )}
      </Answer>
    </>
  );
}

/** Of a rule these stand for every number. */
const KINDS: Readonly<Record<string, string>> = { p2: "Phase 2 Milestones", outcome: "Outcome payments" };

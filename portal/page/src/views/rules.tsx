/** The rules as the engine has them, with their sources. */
import { Answer, useAnswer } from "../parts/ask.tsx";
import { Table } from "../parts/table.tsx";
import { to } from "../route.ts";
import { ask, client } from "../session.ts";
import { sentence } from "../words.ts";

export function Rules() {
  const [told] = useAnswer(() => ask(client.GET("/v1/rules")), "rules");
  return (
    <>
      <h1>Rules</h1>
      <Answer of={told}>
        {({ rules, rules_version }) => (
          <>
            <p>Rules version {rules_version}.</p>
            {[...new Set(rules.map(({ heading }) => heading))].map((heading) => (
              <Table
                key={heading}
                caption={heading}
                rows={rules.filter((rule) => rule.heading === heading)}
                empty=""
                columns={[
                  { head: "Rule", cell: (rule) => <a href={to("rules", rule.id)}>{rule.id}</a> },
                  { head: "Name", cell: (rule) => sentence(rule.name) },
                  { head: "In short", cell: (rule) => rule.summary },
                ]}
              />
            ))}
          </>
        )}
      </Answer>
    </>
  );
}

export function Rule({ id }: { id: string }) {
  const [told] = useAnswer(() => ask(client.GET("/v1/rules/{id}", { params: { path: { id } } })), id);
  return (
    <Answer of={told}>
      {(rule) => (
        <>
          <h1>{rule.id}: {sentence(rule.name)}</h1>
          <p>{rule.summary}</p>
          <dl>
            <dt>Heading</dt>
            <dd>{rule.heading}</dd>
            <dt>Source</dt>
            <dd>{rule.source}</dd>
            <dt>Where it is applied</dt>
            <dd>{rule.used_in}</dd>
          </dl>
          <details>
            <summary>The rule's page</summary>
            <pre class="text-wrap">{rule.page}</pre>
          </details>
        </>
      )}
    </Answer>
  );
}

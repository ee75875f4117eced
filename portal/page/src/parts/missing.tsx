/** Facts and rates that are not known: what, of which record and for which months, and the rules that it would settle. */
import type { Schema } from "ttw-client";
import { RECORD, fact, month } from "../words.ts";
import { RuleLinks } from "./rule_links.tsx";

type One = Schema<"Missing">;

/** The same fact of several months is said once. */
function grouped(all: readonly One[]): One[][] {
  const groups = new Map<string, One[]>();
  for (const each of all) {
    const same = `${each.path} ${each.title} ${each.settles}`;
    groups.set(same, [...(groups.get(same) ?? []), each]);
  }
  return [...groups.values()];
}

export function Missing({ of }: { of: readonly One[] }) {
  return (
    <ul>
      {grouped(of).map((group) => {
        const [{ path, title, settles }] = group as [One];
        const months = group.flatMap((each) => (each.month ? [month(each.month)] : []));
        return (
          <li key={`${path}${title}${settles}`}>
            {fact(path)}
            {title && ` of ${RECORD[title]}`}
            {months.length > 0 && `: ${months.join(", ")}`}
            {settles.length > 0 && <> (would settle <RuleLinks of={settles} />)</>}
          </li>
        );
      })}
    </ul>
  );
}

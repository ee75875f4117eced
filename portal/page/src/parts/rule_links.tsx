import type { Schema } from "ttw-client";
import { to } from "../route.ts";

/** Rules by their ids, each with the way to its page. */
export function RuleLinks({ of }: { of: readonly Schema<"RuleId">[] }) {
  return <>{of.map((rule, place) => <span key={rule}>{place > 0 && ", "}<a href={to("rules", rule)}>{rule}</a></span>)}</>;
}

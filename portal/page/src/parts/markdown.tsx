/** The Markdown in which the rules are written: headings, paragraphs, words of code. It becomes elements, never markup. */
import { type ComponentChildren } from "preact";

/** The words between backticks are code. */
const inline = (text: string): ComponentChildren[] =>
  text.split("`").map((part, place) => (place % 2 === 1 ? <code key={place}>{part}</code> : part));

export function Markdown({ of }: { of: string }) {
  // A heading is a block of its own, whether or not an empty line stands around it.
  const blocks = of.replace(/^#+ .*$/gm, "\n$&\n").split(/\n{2,}/).map((block) => block.trim());
  return (
    <>
      {blocks.filter(Boolean).map((block, place) => {
        const [, heading] = /^#+ (.*)$/.exec(block) ?? [];
        return heading === undefined ? <p key={place} class="measure-5">{inline(block)}</p> : <h2 key={place}>{inline(heading)}</h2>;
      })}
    </>
  );
}

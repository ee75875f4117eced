/** Turns the pages of a list. */
export function Pages({ cursors, next, go }: { cursors: string[]; next: string | undefined; go: (cursors: string[]) => void }) {
  if (cursors.length === 0 && !next) return null;
  // The buttons are gone while another page is waited for: whoever turned it reads on from the top.
  function turn(to: string[]) {
    go(to);
    scrollTo(0, 0);
    document.getElementById("main")?.focus();
  }
  return (
    <nav aria-label="Pages of the list">
      {cursors.length > 0 && <button type="button" class="usa-button usa-button--outline" onClick={() => turn(cursors.slice(0, -1))}>Back</button>}
      <span class="margin-right-1">Page {cursors.length + 1}</span>
      {next && <button type="button" class="usa-button usa-button--outline" onClick={() => turn([...cursors, next])}>Next page</button>}
    </nav>
  );
}

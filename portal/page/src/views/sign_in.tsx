import { useState } from "preact/hooks";
import { Alert } from "../parts/ask.tsx";
import { type DemoUser, signInAs } from "../session.ts";

export function SignIn({ users, done }: { users: readonly DemoUser[]; done: () => void }) {
  const [isRefused, setRefused] = useState(false);
  async function enter(user: string) {
    if (await signInAs(user)) done();
    else setRefused(true);
  }
  return (
    <>
      <h1>Sign in</h1>
      {isRefused && <Alert kind="error">The sign-in does not answer; try again in a moment.</Alert>}
      {users.length === 0 && <Alert kind="warning">No sign-in is set up at this address.</Alert>}
      {users.length > 0 && <p>Everybody here is made up. Choose who you are.</p>}
      <ul class="usa-list usa-list--unstyled">
        {users.map(({ subject, label }) => (
          <li key={subject} class="margin-bottom-1">
            <button type="button" class="usa-button usa-button--outline" onClick={() => void enter(subject)}>{label}</button>
          </li>
        ))}
      </ul>
    </>
  );
}

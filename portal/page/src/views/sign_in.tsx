import { useState } from "preact/hooks";
import { Alert } from "../parts/ask.tsx";
import { signIn } from "../session.ts";

export function SignIn({ wasRefused }: { wasRefused: boolean }) {
  const [isRefused, setRefused] = useState(false);
  return (
    <>
      <h1>Ticket to Work provider portal</h1>
      <p>For Employment Networks, State vocational rehabilitation agencies, the program manager and ticket holders.</p>
      {wasRefused && !isRefused && <Alert kind="error">The sign-in was not completed; try once more.</Alert>}
      {isRefused && <Alert kind="error">The sign-in does not answer; try again in a moment.</Alert>}
      <button type="button" class="usa-button" onClick={() => void signIn().then((isOn) => setRefused(!isOn))}>Sign in</button>
    </>
  );
}

/** The client against a small server: who refuses how, and the way of a form with what goes wrong on it. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { after, before, beforeEach, test } from "node:test";
import { answered, createClient, idempotencyKey } from "../build/index.js";
import { confirmations, mayRepeat, review, submit } from "../build/usage.js";

const DRAFT = { ssn: "901-40-2235", request_type: "p1m1", claim_month: "2025-08", services_summary_codes: ["job_placement"] };
const PROBLEM = {
  type: "about:blank",
  title: "Conflict",
  status: 409,
  detail: "What is sent is not what was reviewed; review the form again before submitting.",
  errors: [{ code: "REVIEW_TOKEN_MISMATCH", class: "policy", path: "", message: "What is sent …", action: "correct" }],
};
const JSON_TYPE = { "Content-Type": "application/json" };
const PROBLEM_TYPE = { "Content-Type": "application/problem+json", "X-Request-Id": "r-1" };

/** What came in, and what is answered to it: one function a request, in order; without one, `portal` answers. */
let requests;
let answers;
/** The submissions on file by their key. */
let filed;

function portal({ method, path, headers, body }, response) {
  const told = (status, value) => response.writeHead(status, JSON_TYPE).end(JSON.stringify(value));
  if (path === "/v1/payment-requests/review") {
    const warnings = ["PR_POSSIBLE_SPLIT", "PR_LATE", "PR_POSSIBLE_SPLIT"].map((code) => ({ code }));
    return told(200, { form: "payment_request", document: body, warnings, advice: {}, review_token: "token-1" });
  }
  if (path === "/v1/payment-requests" && method === "POST") {
    const key = headers["idempotency-key"];
    if (!filed.has(key)) filed.set(key, { confirmation: `C-${filed.size + 1}` });
    return told(201, filed.get(key));
  }
  const last = path.endsWith("cursor=2");
  return told(200, { items: [{ confirmation: last ? "C-1" : "C-2" }], next_cursor: last ? null : "2" });
}

const server = createServer(async (request, response) => {
  const parts = [];
  for await (const part of request) parts.push(part);
  const text = Buffer.concat(parts).toString();
  const { method, url: path, headers } = request;
  const seen = { method, path, headers, text, body: text ? JSON.parse(text) : undefined };
  requests.push(seen);
  (answers.shift() ?? portal)(seen, response);
});
let client;
let user;

before(async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  client = createClient({ baseUrl: `http://127.0.0.1:${server.address().port}`, token: () => user });
});
after(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  [requests, answers, filed, user] = [[], [], new Map(), "held"];
});

/** An answer of the gateway's own. */
const gateway = (status, body, headers = JSON_TYPE) => (_, response) => response.writeHead(status, headers).end(body);
const hangUp = (_, response) => response.destroy();
/** It is done, and nobody hears of it. */
const losesTheAnswer = (seen, response) => {
  portal(seen, { writeHead: () => ({ end: () => response.destroy() }) });
};

test("the token is asked for before each request", async () => {
  await client.GET("/v1/me");
  user = undefined;
  await client.GET("/v1/me");
  assert.deepEqual(requests.map(({ headers }) => headers.authorization), ["Bearer held", undefined]);
});

for (const [status, code, action] of [
  [401, "AUTH_REQUIRED", "correct"],
  [403, "REFUSED", "do_not_resubmit"],
  [413, "REQ_TOO_LARGE", "correct"],
  [429, "RATE_LIMITED", "correct"],
  [500, "INTERNAL", "correct"],
  [502, "INTERNAL", "correct"],
  [503, "UPSTREAM_UNAVAILABLE", "correct"],
]) {
  test(`a ${status} of the gateway's own is a problem`, async () => {
    const bodies = ['{"message":"Says so"}', "", "<html>", "null", '{"status":1}', '"text"'];
    for (const body of bodies) {
      answers.push(gateway(status, body, { ...JSON_TYPE, "Retry-After": "7", "Content-Length": body.length }));
      const given = await client.GET("/v1/me");
      assert.equal(given.response.ok, false);
      assert.equal(given.response.status, status);
      assert.equal(given.response.headers.get("retry-after"), "7");
      const read = answered(given);
      assert.equal(read.ok, false);
      const { problem } = read;
      assert.deepEqual(problem, given.error);
      assert.deepEqual(Object.keys(problem).sort(), ["detail", "errors", "status", "title", "type"]);
      assert.equal(problem.status, status);
      assert.equal(problem.errors.length, 1);
      const [error] = problem.errors;
      assert.deepEqual(Object.keys(error).sort(), ["action", "class", "code", "message", "path"]);
      assert.deepEqual([error.code, error.action, error.message], [code, action, problem.detail]);
      assert.ok(problem.title && problem.detail.endsWith("."));
    }
    assert.equal(requests.length, bodies.length);
  });
}

test("a problem of the functions stays as it is", async () => {
  answers.push(gateway(409, JSON.stringify(PROBLEM), PROBLEM_TYPE));
  const given = await client.GET("/v1/me");
  assert.deepEqual(given.error, PROBLEM);
  assert.equal(given.response.headers.get("x-request-id"), "r-1");
  assert.deepEqual(answered(given), { ok: false, problem: PROBLEM });
});

test("an answer without a body is no answer", async () => {
  answers.push(gateway(200, "", { ...JSON_TYPE, "Content-Length": 0 }));
  const read = answered(await client.GET("/v1/me"));
  assert.deepEqual([read.ok, read.problem.errors[0].code], [false, "INTERNAL"]);
});

test("a form is reviewed and submitted, each warning acknowledged once", async () => {
  const draft = structuredClone(DRAFT);
  const reviewed = await review(client, draft);
  assert.equal(reviewed.kind, "reviewed");
  // What happens to the draft afterwards changes nothing of what was shown.
  draft.services_summary_codes.push("job_coaching");
  assert.deepEqual(await submit(client, reviewed, "key-1"), { kind: "confirmed", confirmation: { confirmation: "C-1" } });
  const [shown, sent] = requests;
  assert.deepEqual(shown.body, DRAFT);
  assert.equal(shown.headers["idempotency-key"], undefined);
  assert.equal(sent.headers["idempotency-key"], "key-1");
  const acknowledged_warnings = ["PR_POSSIBLE_SPLIT", "PR_LATE"];
  assert.deepEqual(sent.body, { ...DRAFT, review_token: "token-1", acknowledged_warnings });
});

test("a repeat sends the same form with the same key, and files nothing twice", async () => {
  const [reviewed, key] = [await review(client, DRAFT), idempotencyKey()];
  answers.push(hangUp, losesTheAnswer, gateway(503, '{"message":"Service Unavailable"}'));
  await assert.rejects(submit(client, reviewed, key), TypeError);
  await assert.rejects(submit(client, reviewed, key), TypeError);
  const refused = await submit(client, reviewed, key);
  assert.deepEqual([refused.kind, mayRepeat(refused.problem)], ["refused", true]);
  const confirmed = await submit(client, reviewed, key);
  assert.deepEqual(confirmed, { kind: "confirmed", confirmation: { confirmation: "C-1" } });
  assert.equal(filed.size, 1);
  const [, ...sent] = requests;
  assert.equal(sent.length, 4);
  assert.equal(new Set(sent.map(({ text }) => text)).size, 1);
  assert.deepEqual(new Set(sent.map(({ headers }) => headers["idempotency-key"])), new Set([key]));
  assert.notEqual(idempotencyKey(), key);
});

test("a refusal of the form is told, and is not to be repeated", async () => {
  answers.push(gateway(409, JSON.stringify(PROBLEM), PROBLEM_TYPE));
  assert.deepEqual(await review(client, DRAFT), { kind: "refused", problem: PROBLEM });
  const reviewed = await review(client, DRAFT);
  answers.push(gateway(409, JSON.stringify(PROBLEM), PROBLEM_TYPE));
  const refused = await submit(client, reviewed, "key-1");
  assert.deepEqual(refused, { kind: "refused", problem: PROBLEM });
  assert.equal(mayRepeat(refused.problem), false);
  const underWay = { ...PROBLEM, errors: [{ ...PROBLEM.errors[0], code: "IDEMPOTENCY_IN_FLIGHT" }] };
  assert.equal(mayRepeat(underWay), true);
  assert.equal(filed.size, 0);
});

test("all that was filed is listed page by page, and a refusal ends it", async () => {
  const found = [];
  for await (const number of confirmations(client)) found.push(number);
  assert.deepEqual(found, ["C-2", "C-1"]);
  answers.push(portal, gateway(429, '{"message":"Too Many Requests"}'));
  await assert.rejects(async () => {
    for await (const number of confirmations(client)) found.push(number);
  }, /Too many requests/);
  assert.deepEqual(found, ["C-2", "C-1", "C-2"]);
});

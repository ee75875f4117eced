import { env } from "node:process";
import { type Plugin, defineConfig } from "vite";

const API = "http://127.0.0.1:9000";

/**
 * What the built page may do: its own files, its own origin and those it is built for, nothing inline. The development server
 * writes styles inline.
 */
const policy: Plugin = {
  name: "content-security-policy",
  apply: "build",
  transformIndexHtml: () => {
    const own = ["script-src", "style-src", "font-src"].map((kind) => `${kind} 'self'`);
    // The API, the issuer, and where the issuer gives its tokens.
    const asked = [env.VITE_API, env.VITE_ISSUER, env.VITE_TOKENS].flatMap((address) => (address ? [new URL(address).origin] : []));
    const connect = ["connect-src 'self'", ...new Set(asked)].join(" ");
    const content = ["default-src 'none'", ...own, connect, "img-src 'self' data:", "base-uri 'none'", "form-action 'none'"].join("; ");
    return [{ tag: "meta", attrs: { "http-equiv": "Content-Security-Policy", content }, injectTo: "head-prepend" }];
  },
};

export default defineConfig({
  // The same files stand under any path.
  base: "./",
  plugins: [policy],
  build: { outDir: "build", target: "es2022" },
  // `npm run dev` beside `make run`.
  server: { proxy: { "/v1": API, "/dev": API } },
});

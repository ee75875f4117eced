declare module "*.css";

/** What a deployment sets when it builds the page; each is its own origin and the local sign-in where it is not set. */
interface ImportMetaEnv {
  /** Where the API is, such as `https://api.portal.example`. */
  readonly VITE_API?: string;
  /** The OpenID Connect issuer, such as that of a Cognito user pool. */
  readonly VITE_ISSUER?: string;
  /** The page's client id there. */
  readonly VITE_CLIENT_ID?: string;
}

interface ImportMeta {
  readonly env: ImportMetaEnv;
}

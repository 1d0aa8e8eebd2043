/** The registration of one of these apps at an EHR. */
export interface Registration {
  clientId: string;
  name: string;
  /** Path of the page that receives the code; resolved against the origin the app is served from. */
  redirectPath: string;
  /** Space-separated SMART v2 scopes. */
  scope: string;
  logoPath: string;
}

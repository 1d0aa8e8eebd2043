/** The dynamic segments of the routes of a card. */
export interface CardParams {
  sandbox: string;
  card: string;
}

/** What went wrong, already in words for people, in the language of the screens; without a full stop. */
export class SaidError extends Error {
  override readonly name = 'SaidError'
}

/** The parameters of a statement that is put together from parts. */
export class SqlValues {
  readonly list: unknown[] = []

  /** Answers the parameter's name, e.g. `$3`. */
  add(value: unknown): string {
    this.list.push(value)
    return `$${this.list.length}`
  }

  get next(): number {
    return this.list.length + 1
  }
}

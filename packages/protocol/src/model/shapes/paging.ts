/** Shape: at most `limit` items; `next` names the following page, null on the last. */
export interface Page<Item> {
  items: Item[]
  next: string | null
}

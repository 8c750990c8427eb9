/** Who is at the door, as far as the request tells. */
export interface Visitor {
  /** Null: it is no request. */
  address: string | null
  userAgent: string
}

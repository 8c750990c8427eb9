/** Two transactions in each other's way: one of them was undone whole, and may come again. */
const IN_THE_WAY = ['40P01', '40001']
const MOST_TRIES = 3

/** Runs a transaction, and again when another one was in its way. What it does outside of the database must bear repeating. */
export async function tryAgain<Answer>(transact: () => Promise<Answer>): Promise<Answer> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await transact()
    } catch (error) {
      if (tries >= MOST_TRIES || !IN_THE_WAY.includes((error as { code?: string }).code ?? '')) throw error
    }
  }
}

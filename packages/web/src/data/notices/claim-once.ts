const HOLD_MS = 4000

/**
 * Of all tabs that ask for the same thing within a few seconds, one gets it. Where there are no locks (a page that is not served
 * safely) every tab does.
 */
export async function claimOnce(name: string): Promise<boolean> {
  if (!('locks' in navigator)) return true
  return new Promise((resolve) => {
    void navigator.locks.request(`parley.once.${name}`, { ifAvailable: true }, async (lock) => {
      resolve(lock !== null)
      if (lock) await new Promise((done) => setTimeout(done, HOLD_MS))
    })
  })
}

/** Looks one at a time; however often it is asked meanwhile, once more. What fails is looked at again when it is asked again. */
export function lookOneByOne(run: () => Promise<unknown>) {
  let [isRunning, isAsked, isOver] = [false, false, false]
  async function loop() {
    isRunning = true
    do {
      isAsked = false
      await run().catch(() => undefined)
    } while (isAsked && !isOver)
    isRunning = false
  }
  return {
    look() {
      isAsked = true
      if (!isRunning && !isOver) void loop()
    },
    stop() {
      isOver = true
    },
  }
}

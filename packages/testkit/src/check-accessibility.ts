import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type axe from 'axe-core'
import type { Page } from 'playwright-core'

export interface AccessibilityFault {
  rule: string
  impact: string
  /** What is wrong, and where. */
  places: string[]
}

// Half the bytes of `axe.source`, which every page reads anew.
const AXE_SOURCE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const WORTH_FAILING = ['serious', 'critical']

/** What axe finds serious on the page as it is now. */
export async function findAccessibilityFaults(page: Page): Promise<AccessibilityFault[]> {
  // Evaluated by the debugger, which the page's Content-Security-Policy does not bind.
  if (await page.evaluate(`typeof axe === 'undefined'`)) await page.evaluate(AXE_SOURCE)
  // The guards of layers send the keyboard on at once, so it never rests where nothing is read.
  const { violations } = (await page.evaluate(`axe.run(
    { exclude: '[data-base-ui-focus-guard]' },
    // Of what passes only the first place is looked at further.
    { resultTypes: ['violations'] },
  )`)) as axe.AxeResults
  return violations
    .filter(({ impact }) => WORTH_FAILING.includes(impact ?? ''))
    .map(({ id, impact, nodes }) => ({
      rule: id,
      impact: impact ?? '',
      places: nodes.map((node) => `${node.html} ${node.failureSummary ?? ''}`),
    }))
}

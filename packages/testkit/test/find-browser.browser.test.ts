import { findBrowser, launchBrowser } from '@parley/testkit'
import { describe, expect, test } from 'vitest'

const NOTHING_INSTALLED = { PATH: '' }

describe('a browser for the tests', () => {
  test('the one that npm brought starts where none is installed', async () => {
    const browser = await launchBrowser({ browser: await findBrowser({ env: NOTHING_INSTALLED }) })
    try {
      const page = await browser.newPage()
      await page.setContent('<main><h1>It is here</h1></main>')
      expect(await page.getByRole('heading').textContent()).toBe('It is here')
    } finally {
      await browser.close()
    }
  })

  test('the operator names one', async () => {
    expect(await findBrowser({ env: { ...NOTHING_INSTALLED, PARLEY_CHROMIUM: '/opt/chrome' } })).toEqual({
      executablePath: '/opt/chrome',
      env: {},
      isWhole: true,
    })
  })
})

import type { BrowserContext, Page } from 'playwright-core'

interface Credentials {
  email: string
  password: string
}

/**
 * Logs the browser in over the API: the log-in's own screen is tested where it is what the test is about.
 */
export async function logInAs(context: BrowserContext, url: string, { email, password }: Credentials): Promise<void> {
  const answer = await context.request.post(`${url}/api/app/v1/session`, { data: { email, password } })
  if (!answer.ok()) throw new Error(`The log-in of ${email} answered ${answer.status()}: ${await answer.text()}`)
}

/**
 * A page of somebody who is logged in.
 *
 * @param path where to begin, as in the address: `/inbox?c=…`
 */
export async function openAs(context: BrowserContext, url: string, user: Credentials, path = '/inbox'): Promise<Page> {
  await logInAs(context, url, user)
  const page = await context.newPage()
  await page.goto(url + path)
  return page
}

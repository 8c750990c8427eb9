import type { ServerProcess } from './server-process.ts'

interface Person {
  email: string
  password: string
}

/** Logs the account's owner in; answers the cookie to send. */
export async function logIn(server: ServerProcess, account: Person): Promise<string> {
  const answer = await fetch(`http://127.0.0.1:${server.port}/api/app/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: account.email, password: account.password }),
  })
  if (!answer.ok) throw new Error(`log-in: ${answer.status} ${await answer.text()}`)
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ')
}

import type { RunningServer, Sandbox } from '@parley/server'

/** What a person wants to know when the server is up. */
export function describeStart({ url, sandbox }: Pick<RunningServer, 'url' | 'sandbox'>): string {
  const lines = [`Parley is ready at ${url}`]
  if (sandbox) lines.push('', ...describeSandbox(sandbox, url))
  return `\n${lines.map((line) => (line === '' ? '' : `  ${line}`)).join('\n')}\n\n${sandbox ? firstMessageSnippet(sandbox, url) : ''}`
}

function describeSandbox({ account, admin, manager, channel }: Sandbox, url: string): string[] {
  return [
    ...table('Log in', [
      ['admin', `${admin.email.padEnd(EMAIL_WIDTH)}${admin.password}`],
      ['manager', `${manager.email.padEnd(EMAIL_WIDTH)}${manager.password}`],
    ]),
    '',
    ...table(account.name, [
      ['account', String(account.id)],
      ['amojo_id', account.amojoId],
    ]),
    '',
    ...table(`Channel ${channel.code}`, [
      ['id', channel.id],
      ['secret', channel.secret],
      ['bot id', channel.botId],
      ['hooks go to', channel.webhookUrl],
    ]),
    '',
    'Connect the channel and send the first message: paste this into a shell',
    `and see it arrive at ${url}`,
  ]
}

const LABEL_WIDTH = 13
const EMAIL_WIDTH = 24
function table(title: string, rows: readonly (readonly [label: string, value: string])[]): string[] {
  return [title, ...rows.map(([label, value]) => `  ${label.padEnd(LABEL_WIDTH)}${value}`)]
}

/**
 * For sh, dash, bash and zsh, GNU and macOS alike: no comments (zsh takes them for commands when pasted), no `path`
 * variable (zsh's own), `openssl -r` (prints the digest first on every version), the date made once and used twice.
 */
export function firstMessageSnippet({ account, channel }: Sandbox, url: string): string {
  const scope = `${channel.id}_${account.amojoId}`
  return `signed_post() {
  date=$(LC_ALL=C date -u '+%a, %d %b %Y %H:%M:%S +0000')
  md5=$(printf %s "$2" | openssl dgst -md5 -r)
  md5=\${md5%% *}
  signature=$(printf 'POST\\n%s\\napplication/json\\n%s\\n%s' "$md5" "$date" "$1" | openssl dgst -sha1 -hmac '${channel.secret}' -r)
  signature=\${signature%% *}
  curl -sS "${url}$1" -H "Date: $date" -H 'Content-Type: application/json' -H "Content-MD5: $md5" -H "X-Signature: $signature" --data-binary "$2"
  echo
}
signed_post /v2/origin/custom/${channel.id}/connect '{"account_id":"${account.amojoId}","title":"Harbor Chat","hook_api_version":"v2"}'
signed_post /v2/origin/custom/${scope} '{"event_type":"new_message","payload":{"timestamp":'$(date +%s)',"msec_timestamp":'$(date +%s)'000,"msgid":"hello-'$(date +%s)'","conversation_id":"hello-nora","sender":{"id":"nora","name":"Nora Lind"},"message":{"type":"text","text":"Hello! Is the blue bike still in stock?"}}}'

`
}

import { MailServer, TestClock, waitUntil } from '@parley/testkit'
import { pino } from 'pino'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createMailer, type Mailer } from './mailer.ts'

let server: MailServer
let clock: TestClock
let mailer: Mailer
beforeEach(async () => {
  server = await MailServer.start()
  clock = new TestClock()
  mailer = open(server.url)
})
afterEach(async () => {
  await mailer.stop()
  await server.stop()
})

const open = (smtpUrl: string) =>
  createMailer({ smtpUrl, from: 'Parley <parley@harbor.test>', clock, log: pino({ level: 'silent' }) })

test('a mail arrives as plain text, whatever script it is in', async () => {
  mailer.send({ to: 'ops@harbor.test', subject: 'Гавань Chat – “down”', text: 'Zeile eins\n\nстрока два\n' })
  const mail = await server.next()
  expect(mail).toMatchObject({ from: 'parley@harbor.test', to: ['ops@harbor.test'] })
  expect(mail.headers).toMatchObject({ from: 'Parley <parley@harbor.test>', 'auto-submitted': 'auto-generated' })
  expect(mail.headers['content-type']).toMatch(/^text\/plain; charset=utf-8/)
  expect(mail.text.replaceAll('\r\n', '\n').trim()).toBe('Zeile eins\n\nстрока два')
})

test('what is not taken now is tried again later; what is refused for good is not', async () => {
  server.refuseWith(451, 550)
  mailer.send({ to: 'ops@harbor.test', subject: 'first', text: 'x' })
  await waitUntil('it was refused and waits', () => server.refused === 1 && clock.sleepers().length === 1)
  await clock.advance(5000)
  await waitUntil('it was refused again', () => server.refused === 2)
  mailer.send({ to: 'ops@harbor.test', subject: 'second', text: 'x' })
  expect((await server.next()).headers.subject).toBe('second')
  expect(clock.sleepers()).toEqual([])
})

test('a server that is not there holds nobody up, and stopping ends the waiting', async () => {
  const lonely = open('smtp://127.0.0.1:9')
  lonely.send({ to: 'ops@harbor.test', subject: 'x', text: 'x' })
  await waitUntil('it waits for its second try', () => clock.sleepers().length === 1)
  await lonely.stop()
})

test.each([
  ['subject', { to: 'ops@harbor.test', subject: 'x\r\nBcc: evil@example.test\r\n\r\nhello' }],
  ['address', { to: 'ops@harbor.test\r\nBcc: evil@example.test', subject: 'x' }],
  ['several addresses in one', { to: 'ops@harbor.test, evil@example.test', subject: 'x' }],
])('no header can be smuggled in: %s', async (_, { to, subject }) => {
  mailer.send({ to, subject, text: 'body' })
  mailer.send({ to: 'ops@harbor.test', subject: 'after', text: 'body' })
  await waitUntil('the one after has come', () => server.mails.some((mail) => mail.headers.subject === 'after'))
  for (const mail of server.mails) {
    expect(mail.headers).not.toHaveProperty('bcc')
    expect(mail.to).not.toContain('evil@example.test')
    expect(mail.text.trim()).toBe('body')
  }
})
